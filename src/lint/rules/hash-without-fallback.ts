import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { schedulerPlace } from '../written-scheduler.ts';

export const hashWithoutFallback: Rule = {
  id: 'LVS203',
  name: 'hash-without-fallback',
  severity: 'warning',
  why: 'sh and mh go on choosing a server of weight 0, and its clients are refused, unless they may fall back to another one',
  harm: "sh and mh choose the real server by a hash of the client's address. Without the fallback flag they go on choosing one of weight 0, and new connections of its clients are refused, although the other real servers are idle. That is what happens to them during a drain.",
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, drain: 2m, scheduler: mh }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          drain: 2m
          scheduler: mh
          scheduler_flags: [mh-fallback]
    `,
  },
  source: 'ip_vs_sh.c, ip_vs_mh.c; measured on Linux 6.1',
  check,
};

/** Mistakes in these may be what the rule would see. */
const LOST = ['scheduler', 'scheduler_flags', 'drain'] as const;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { name, scheduler, schedulerFlags, servers, drainSeconds } = service;
    const fallback = `${scheduler}-fallback`;
    if ((scheduler !== 'sh' && scheduler !== 'mh') || schedulerFlags.some((flag) => flag.endsWith('-fallback')))
      continue;
    if (LOST.some((key) => loaded.damaged(['services', name, key]) || loaded.damaged(['defaults', key]))) continue;
    const quiesced = servers.find(({ weight }) => weight === 0);
    if (quiesced === undefined && drainSeconds === 0) continue;
    yield {
      ...schedulerPlace(loaded, name),
      message: `Scheduler ${scheduler} without ${fallback}: clients of ${quiesced?.name ?? 'a draining server'} in ${name} are refused`,
      hint: `add scheduler_flags: [${fallback}]${quiesced === undefined ? ', or drain: 0' : ''}`,
    };
  }
}
