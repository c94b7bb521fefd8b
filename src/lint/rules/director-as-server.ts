import { yaml } from '../example.ts';
import { directorSysctls } from '../../needs/director-sysctls.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { allDirectorsHave } from '../declared-hosts.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';

export const directorAsServer: Rule = {
  id: 'LVS257',
  name: 'director-as-server',
  severity: 'warning',
  why: 'The other director, which has the same table, balances the packet again and sends it back: it circles between the two',
  harm: 'A backup director has the same table of services as the master. What the master sends it by dr or tun still has the VIP as destination, so the backup balances it again, and may send it back to the master. The packet circles between the two; each does what its table says, and only some connections hang.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: dr
          servers: { web-1: 192.0.2.21, web-2: 192.0.2.12 }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          forwarding: dr
          servers: { web-1: 192.0.2.21, web-2: 192.0.2.22 }
    `,
  },
  source: 'ipvs-sysctl.rst backup_only; acassen/keepalived#2389, #2450',
  check,
};

const SYSCTL = 'net.ipv4.vs.backup_only';

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { directors, services } = loaded.desired;
  // Where the spec calls for it, render sysctl writes it.
  const isWritten = directorSysctls(loaded.desired).some(({ name }) => name === SYSCTL);
  if (directors.length < 2 || isWritten || allDirectorsHave(loaded, SYSCTL, 1)) return;
  for (const service of services)
    for (const { server, written } of serversIn(loaded, service)) {
      if (server.forwarding.method === 'nat') continue;
      const director = directors.find(({ address }) => address.text === server.address);
      if (director === undefined) continue;
      yield {
        path: written.path,
        message: `${server.name} of ${service.name} is director ${director.name}, which would balance by itself what it gets by ${server.forwarding.method}`,
        hint: `use another host, or connection_sync with role: vrrp, for which lvsctl render sysctl writes ${SYSCTL}=1`,
        related: [{ path: ['directors', director.name, 'address'], message: `the address of ${director.name}` }],
      };
    }
}
