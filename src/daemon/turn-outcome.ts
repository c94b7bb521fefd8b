import type { HistoryResult } from '../model/history.ts';
import type { PlannedChange } from '../plan/plan.ts';
import type { Outcome } from './converge.ts';
import type { Ending } from './history-entry.ts';

/** Draining is no failure: it goes on in the next turns. */
export function isComplete({ results, residual, interruption }: Outcome): boolean {
  const failed = interruption !== null || results.some(({ result }) => result !== 'done');
  return !failed && residual.every(isDraining);
}

export function isDraining({ manner }: PlannedChange): boolean {
  return manner === 'wait' || manner === 'quiesce' || manner === 'remove';
}

/** For the history. */
export function resultOf(outcome: Outcome, conf: Ending['conf']): HistoryResult {
  if (!isComplete(outcome) || (conf !== null && conf.end.result !== 'done')) return 'failed';
  return outcome.residual.length > 0 ? 'draining' : 'done';
}
