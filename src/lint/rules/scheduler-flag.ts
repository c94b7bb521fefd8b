import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const schedulerFlag: Rule = {
  id: 'LVS112',
  name: 'scheduler-flag',
  severity: 'error',
  why: 'ipvsadm refuses the flag of another scheduler, and keepalived silently drops it',
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
