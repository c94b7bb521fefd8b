import type { Plan } from './plan.ts';

/** Whether a plan changes nothing: neither the kernel's table nor keepalived.conf. */
export function isEmpty({ changes, conf }: Pick<Plan, 'changes' | 'conf'>): boolean {
  return changes.length === 0 && conf === null;
}
