import { yaml } from '../example.ts';
import { overhead, tunnelUses } from '../../needs/tunnels.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import { declaredDirectors } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';
import { type ServerInService, serversIn } from '../written.ts';

export const tunnelMtu: Rule = {
  id: 'LVS250',
  name: 'tunnel-mtu',
  severity: 'warning',
  why: 'A wrapped packet that is too long is dropped, and the client is told by ICMP; where a firewall eats that, large requests hang and small ones work',
  harm: 'The tunnel adds a header to every packet of a client. The real server tells clients how much fits its own MTU and knows nothing of the header, so a full packet does not fit the way of the director, who drops it and tells the client by ICMP. Where a firewall eats that message the client sends the same packet again and again: small requests work, and uploads hang.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { mtu: 1500 } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { mtu: 1500 } }
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: tun
          servers: { web-1: { address: 10.0.0.21, host: { mtu: 1500 } } }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { mtu: 1500 } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { mtu: 1500 } }
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: tun
          servers: { web-1: { address: 10.0.0.21, host: { mtu: 1480 } } }
    `,
  },
  source: 'ip_vs_xmit.c __ip_vs_get_out_rt; RFC 1191; LVS-HOWTO, LVS-Tun',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const directors = declaredDirectors(loaded).flatMap(({ name, path, host: { mtu } }) =>
    mtu === undefined ? [] : [{ name, path: [...path, 'mtu'], mtu }],
  );
  for (const service of directors.length === 0 ? [] : loaded.desired.services)
    for (const place of serversIn(loaded, service)) {
      const { written, server } = place;
      const mtu = serverDetails(written.server).host?.mtu;
      const added = overheadOf(place);
      if (mtu === undefined || added === undefined) continue;
      const narrow = directors.find((director) => mtu + added > director.mtu);
      if (narrow === undefined) continue;
      yield {
        path: [...written.path, 'host', 'mtu'],
        message: `Clients may send ${server.name} ${mtu} bytes, which the tunnel makes ${mtu + added}, and ${narrow.name} sends ${narrow.mtu} at most`,
        hint: `let ${server.name} ask for ${narrow.mtu - added} at most: an MTU or advmss on its route to clients, or clamp the MSS`,
        related: [{ path: narrow.path, message: `the MTU of ${narrow.name}` }],
      };
    }
}

function overheadOf({ service, server }: ServerInService): number | undefined {
  const [use] = tunnelUses([{ service, server }]);
  return use === undefined ? undefined : overhead(use);
}
