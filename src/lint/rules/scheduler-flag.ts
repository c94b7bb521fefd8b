import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const schedulerFlag: Rule = {
  id: 'LVS112',
  name: 'scheduler-flag',
  severity: 'error',
  why: 'ipvsadm refuses the flag of another scheduler, and keepalived silently drops it',
  harm: 'ipvsadm refuses the flag with "incompatible scheduler flag". keepalived drops it without a word, so what it was for, such as a fallback for failed real servers, is missing on the day it is needed.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          scheduler: mh
          scheduler_flags: [sh-fallback]
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          scheduler: mh
          scheduler_flags: [mh-fallback]
    `,
  },
  source: 'ipvsadm.c: "incompatible scheduler flag"; keepalived check_parser.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, service } of writtenServices(loaded)) {
    const scheduler = service.scheduler ?? loaded.spec.defaults?.scheduler ?? 'wlc';
    if (loaded.damaged([...path, 'scheduler']) || loaded.damaged(['defaults', 'scheduler'])) continue;
    for (const [index, flag] of (service.scheduler_flags ?? []).entries()) {
      const owner = flag.split('-')[0];
      if (owner === 'flag' || owner === scheduler) continue;
      yield {
        path: [...path, 'scheduler_flags', index],
        message: `${flag} is a flag of scheduler ${owner}, but the scheduler is ${scheduler}`,
        hint: `remove it, or use scheduler: ${owner}`,
      };
    }
  }
}
