import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const hashWithoutFallback: Rule = {
  id: 'LVS203',
  name: 'hash-without-fallback',
  severity: 'warning',
  why: 'sh and mh go on choosing a server of weight 0, and its clients are refused, unless they may fall back to another one',
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
    const own = loaded.spec.services?.[name]?.scheduler !== undefined;
    yield {
      path: own ? ['services', name, 'scheduler'] : ['services', name],
      side: own ? 'value' : 'key',
      message: `Scheduler ${scheduler} without ${fallback}: clients of ${quiesced?.name ?? 'a draining server'} in ${name} are refused`,
      hint: `add scheduler_flags: [${fallback}]${quiesced === undefined ? ', or drain: 0' : ''}`,
    };
  }
}
