import type { ConfChange } from '../model/conf-change.ts';
import type { HistoryEntry, HistoryResult } from '../model/history.ts';
import type { SpecSource } from '../model/spec-source.ts';
import { stepText } from '../view/step-text.ts';
import type { Outcome } from './converge.ts';
import type { StepResult } from './execute.ts';
import type { ConfOutcome } from './replace-conf.ts';

/** What became of a plan, all of it. */
export interface Ending {
  readonly outcome: Pick<Outcome, 'results' | 'interruption'>;
  /** Null: keepalived.conf was left as it is. */
  readonly conf: { readonly change: ConfChange; readonly end: ConfOutcome } | null;
  readonly result: HistoryResult;
}

/** A plan of ten thousand steps is remembered by its first hundred. */
const STEPS = 100;

/** An ending for the history; null where nothing was changed, nor tried. */
export function historyEntry(
  { outcome, conf, result }: Ending,
  { source, ...about }: Pick<HistoryEntry, 'at' | 'author' | 'verb' | 'snapshot'> & { source: SpecSource | null },
): HistoryEntry | null {
  const { results } = outcome;
  if (results.length === 0 && conf === null && outcome.interruption === null) return null;
  const count = (kind: StepResult['result']) => results.filter((one) => one.result === kind).length;
  return {
    ...about,
    spec: source && { digest: source.digest, revision: source.revision },
    counts: { done: count('done'), failed: count('failed'), skipped: count('skipped') },
    steps: results.slice(0, STEPS).map(historyStep),
    conf: conf && { action: conf.change.action, result: conf.end.result },
    result,
    problem: problemOf({ outcome, conf }),
  };
}

function historyStep({ step, result, message }: StepResult) {
  return { text: stepText(step).replace(/ +/g, ' '), result, message };
}

function problemOf({ outcome: { interruption }, conf }: Pick<Ending, 'outcome' | 'conf'>): string {
  if (interruption !== null) return interruption instanceof Error ? interruption.message : String(interruption);
  return conf === null || conf.end.result === 'done' ? '' : conf.end.reasons.join('; ');
}
