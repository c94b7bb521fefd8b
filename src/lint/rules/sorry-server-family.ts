import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const sorryServerFamily: Rule = {
  id: 'LVS145',
  name: 'sorry-server-family',
  severity: 'error',
  why: 'The kernel forwards between IPv4 and IPv6 through tunnels only, and keepalived leaves such a sorry server out',
  harm: 'keepalived leaves out a sorry server of the other family, and the kernel would refuse it. The day on which too few real servers are left is the first on which anybody notices that there is none.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, sorry_server: "2001:db8::99" }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, sorry_server: 10.0.0.99 }
    `,
  },
  source: 'keepalived check_parser.c: vs_end_handler; ip_vs_ctl.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, address, availability } of loaded.desired.services) {
    const { sorryServer } = availability;
    const path = ['services', name];
    if (sorryServer === null || sorryServer.forwarding.method === 'tun' || loaded.incomplete(path)) continue;
    if (sorryServer.family === address.family) continue;
    yield {
      path: [...path, 'sorry_server'],
      message: `The sorry server of ${name}, ${sorryServer.address}, is not of the family of the service; only tun forwards between them`,
      hint: 'use an address of the same family, or forwarding: tun',
    };
  }
}
