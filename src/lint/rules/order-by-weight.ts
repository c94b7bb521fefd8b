import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { schedulerPlace } from '../written-scheduler.ts';
import { serversIn, settingLost } from '../written.ts';

export const orderByWeight: Rule = {
  id: 'LVS264',
  name: 'order-by-weight',
  severity: 'warning',
  why: 'With fo the heaviest real server gets everything, and with ovf the next one gets what comes while a real server has more active connections than its weight',
  harm: 'fo sends everything to the available real server with the highest weight, and ovf fills the heaviest one until it has more active connections than its weight. With equal weights nobody has decided who is first; with weight 1 ovf goes on to the next real server after two connections. The service answers, so it looks as if it were balanced as meant.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: fo }
    `,
    good: yaml`
      pools:
        web: { web-1: { address: 10.0.0.21, weight: 2 }, web-2: 10.0.0.22 }
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: fo }
    `,
  },
  source: 'ip_vs_fo.c ip_vs_fo_schedule; ip_vs_ovf.c ip_vs_ovf_schedule',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { name, scheduler, servers } = service;
    if ((scheduler !== 'fo' && scheduler !== 'ovf') || servers.length < 2) continue;
    if (serversIn(loaded, service).some((place) => settingLost(loaded, place, 'weight'))) continue;
    const weights = servers.map(({ weight }) => weight).filter((weight) => weight > 0);
    const place = schedulerPlace(loaded, name);
    const isTied = new Set(weights).size < weights.length;
    if (scheduler === 'fo' && isTied)
      yield {
        ...place,
        message: `Real servers of ${name} have the same weight, so nobody decided which one fo fails over to`,
        hint: 'give each its own weight, the first one the highest',
      };
    else if (scheduler === 'ovf' && weights.every((weight) => weight === 1))
      yield {
        ...place,
        message: `Each real server of ${name} takes two active connections before ovf goes on to the next`,
        hint: 'set weight to the connections that one can take',
      };
  }
}
