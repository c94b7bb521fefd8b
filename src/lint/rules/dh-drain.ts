import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { schedulerPlace } from '../written-scheduler.ts';

export const dhDrain: Rule = {
  id: 'LVS263',
  name: 'dh-drain',
  severity: 'warning',
  why: 'dh goes on choosing a server of weight 0 for its destinations, and has no fallback: their clients are refused',
  harm: 'dh has a table of slots from destinations to real servers, and gives weight 0 no thought when it fills it. When the slot of a destination has a real server of weight 0, the scheduler finds nobody, and the client is refused although other real servers work. sh and mh have a flag to go on to another one; dh has none.',
  examples: {
    bad: yaml`
      services:
        cache: { vip: 203.0.113.10, port: 80, pool: web, scheduler: dh, drain: 5m }
    `,
    good: yaml`
      services:
        cache: { vip: 203.0.113.10, port: 80, pool: web, scheduler: dh, drain: 0 }
    `,
  },
  source: 'ip_vs_dh.c ip_vs_dh_schedule',
  check,
};

const LOST = ['scheduler', 'drain'] as const;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, scheduler, drainSeconds, servers } of loaded.desired.services) {
    const quiesced = servers.find(({ weight }) => weight === 0);
    if (scheduler !== 'dh' || (drainSeconds === 0 && quiesced === undefined)) continue;
    if (LOST.some((key) => loaded.damaged(['services', name, key]) || loaded.damaged(['defaults', key]))) continue;
    yield {
      ...schedulerPlace(loaded, name),
      message: `Scheduler dh: clients of ${quiesced?.name ?? 'a draining server'} in ${name} are refused`,
      hint: `${quiesced === undefined ? 'set drain: 0' : 'remove that server'}, or use mh with mh-fallback`,
    };
  }
}
