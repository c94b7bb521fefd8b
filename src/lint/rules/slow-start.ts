import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';

export const slowStart: Rule = {
  id: 'LVS207',
  name: 'slow-start',
  severity: 'warning',
  why: 'A slow start is a small weight that grows, and there is none below 1',
  harm: 'The kernel knows whole weights only. Where every real server has the weight 1, one that comes back gets it at once, with its whole share of the clients, though the spec promises otherwise: caches are cold and the server may fail again.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, slow_start: 1m }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, slow_start: 1m, weight: 100 }
    `,
  },
  source: 'lvsctl: slow_start; ip_vs.h: atomic_t weight',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { name, availability } = service;
    const servers = serversIn(loaded, service);
    if (service.owner === 'keepalived' || availability.slowStart === null || servers.length === 0) continue;
    if (servers.some((place) => place.server.weight > 1 || settingLost(loaded, place, 'weight'))) continue;
    yield {
      path:
        loaded.spec.services?.[name]?.slow_start === undefined
          ? ['defaults', 'slow_start']
          : ['services', name, 'slow_start'],
      side: 'key',
      message: `Real servers of ${name} have the weight 1, which cannot begin smaller`,
      hint: 'give them weights such as 100, or remove slow_start',
    };
  }
}
