import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';

export const allWeightsZero: Rule = {
  id: 'LVS201',
  name: 'all-weights-zero',
  severity: 'warning',
  why: 'A real server of weight 0 takes no new connection; with no other one every client is refused',
  harm: 'The kernel gives a real server of weight 0 no new connection. When all have it, a new client is refused as if there were no real server, while old connections go on and hide it from whoever looks at the graphs.',
  examples: {
    bad: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, weight: 0 }
          web-2: { address: 10.0.0.22, weight: 0 }
    `,
    good: yaml`
      pools:
        web:
          web-1: { address: 10.0.0.21, weight: 0 }
          web-2: { address: 10.0.0.22, weight: 1 }
    `,
  },
  source: 'ipvsadm(8) -w; ip_vs_core.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const places = serversIn(loaded, service);
    const open = places.some((place) => place.server.weight > 0 || settingLost(loaded, place, 'weight'));
    const base = places[0]?.written.path.slice(0, -1);
    if (open || base === undefined || loaded.damaged(base)) continue;
    yield {
      path: ['services', service.name],
      side: 'key',
      message: `All real servers of ${service.name} have weight 0: it takes no new connection`,
      hint: 'give one of them a weight',
    };
  }
}
