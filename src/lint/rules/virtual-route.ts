import type { LoadedSpec } from '../../spec/load.ts';
import { routeFault } from '../route-line.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const virtualRoute: Rule = {
  id: 'LVS188',
  name: 'virtual-route',
  severity: 'error',
  why: 'keepalived leaves out a route that it does not understand, and ends at once over a word without its value',
  harm: 'The master needs the route to answer or to reach a network; keepalived leaves out one it does not understand and becomes master without it. A word that lacks its value makes it (2.2.7) end at once, and every VIP of the director is gone.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          routes: [198.51.100.0/24 gw 203.0.113.254 dev eth0]
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          routes: [198.51.100.0/24 via 203.0.113.254 dev eth0]
    `,
  },
  source: 'keepalived vrrp_iproute.c alloc_route, parse_nexthops; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { version } = loaded.desired.keepalived;
  for (const { name, path, meant } of writtenInstances(loaded))
    for (const [index, route] of meant.routes.entries()) {
      const fault = routeFault(route, version);
      if (fault !== undefined)
        yield { path: [...path, 'routes', index], ...fault, message: `Route of ${name}: ${fault.message}` };
    }
}
