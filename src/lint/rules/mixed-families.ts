import type { Family } from '../../model/address.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type ServerInService, serversIn, settingLost } from '../written.ts';

export const mixedFamilies: Rule = {
  id: 'LVS107',
  name: 'mixed-families',
  severity: 'error',
  why: 'The kernel forwards between IPv4 and IPv6 through tunnels only',
  harm: 'ipvsadm refuses such a real server: "Different address family is allowed only for tunneling servers". keepalived leaves the real server out, and if all are of the other family, the service has none.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          servers: { web-1: "2001:db8::21" }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          servers: { web-1: 10.0.0.21 }
    `,
  },
  source: 'ipvsadm.c: "Different address family is allowed only for tunneling servers"; ip_vs_ctl.c',
  check,
};

const NAMES: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    if (loaded.incomplete(['services', service.name])) continue;
    // One service on the wrong pool is one mistake, however many servers the pool has.
    const wrong = serversIn(loaded, service).filter((place) => isMixed(place, loaded));
    const first = wrong[0];
    if (first === undefined) continue;
    const more = wrong.length > 1 ? ` and ${wrong.length - 1} more are` : ' is';
    yield {
      path: first.written.path,
      message: `${first.server.name}${more} ${NAMES[first.server.family]}, but ${service.name} is ${NAMES[service.address.family]}; only tun forwards between them`,
      hint: 'use addresses of one family, or forwarding: tun',
      related: [{ path: ['services', service.name], side: 'key', message: `the service ${service.name}` }],
    };
  }
}

function isMixed(place: ServerInService, loaded: LoadedSpec): boolean {
  const { server, service } = place;
  if (server.family === service.address.family || server.forwarding.method === 'tun') return false;
  return !settingLost(loaded, place, 'forwarding');
}
