import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingPath } from '../written.ts';

export const unusedWeights: Rule = {
  id: 'LVS265',
  name: 'unused-weights',
  severity: 'warning',
  why: 'These schedulers look only whether a weight is 0, so that the small real server gets as much as the large one',
  harm: 'rr takes the real servers in turn, and lc the one with the fewest connections; both only pass over those of weight 0. The weights stand in the table and ipvsadm shows them, so everybody believes in them. The small real server gets as much as the large one, and is the first to fail under load.',
  examples: {
    bad: yaml`
      pools:
        web: { web-1: { address: 10.0.0.21, weight: 2 }, web-2: 10.0.0.22 }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: rr }
    `,
    good: yaml`
      pools:
        web: { web-1: { address: 10.0.0.21, weight: 2 }, web-2: 10.0.0.22 }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: wrr }
    `,
  },
  source: 'ipvsadm(8) -s; ip_vs_rr.c, ip_vs_lc.c',
  check,
};

const WITHOUT_WEIGHTS: Readonly<Record<string, string>> = { rr: 'wrr', lc: 'wlc' };

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const better = WITHOUT_WEIGHTS[service.scheduler];
    if (better === undefined) continue;
    const places = serversIn(loaded, service).filter(({ server }) => server.weight > 0);
    const [first] = places;
    const odd = places.find(({ server }) => server.weight !== first?.server.weight);
    if (
      odd === undefined ||
      loaded.damaged(['services', service.name, 'scheduler']) ||
      loaded.damaged(['defaults', 'scheduler'])
    )
      continue;
    yield {
      path: settingPath(loaded, odd, 'weight') ?? odd.written.path,
      message: `${service.name} has scheduler ${service.scheduler}, which does not look at the weight of ${odd.server.name}`,
      hint: `use ${better}, or remove the weights`,
    };
  }
}
