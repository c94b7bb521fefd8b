import { formatOrigin } from '../model/origin.ts';
import type { PlannedChange, Step } from '../plan/plan.ts';
import type { Paint } from './paint.ts';
import { stepText } from './step-text.ts';
import { plural } from './wording.ts';

/** One step as it ended. */
export interface StepEnd {
  readonly step: Step;
  readonly result: 'done' | 'failed' | 'skipped';
  readonly message: string;
}

/** `[3/8] add real server  dns/ns-2 10.20.0.22:53 weight 1   ok` */
export function progressLine(end: StepEnd, { at, of, paint }: { at: number; of: number; paint: Paint }): string {
  const words = { done: 'ok', failed: paint('error', 'failed'), skipped: paint('warning', 'not tried') }[end.result];
  return `[${String(at).padStart(String(of).length)}/${of}] ${stepText(end.step).padEnd(64)}  ${words}`;
}

/** What was applied, what was not and why, and how to go on. */
export function outcomeText(
  ends: readonly StepEnd[],
  {
    residual,
    snapshot,
    seconds,
    paint,
  }: { residual: readonly PlannedChange[]; snapshot: string | null; seconds: number; paint: Paint },
): string {
  const of = (result: StepEnd['result']) => ends.filter((end) => end.result === result);
  const lines = [
    ...of('failed').map((end) => troubleLine('Failed', end, paint)),
    ...of('skipped').map((end) => troubleLine('Not applied', end, paint)),
  ];
  const done = of('done').length;
  if (lines.length === 0 && residual.length === 0)
    return `Applied ${plural(done, 'operation')} in ${seconds.toFixed(1)} s. Verified: the live table is as the spec wants it.\n`;
  const undo = snapshot === null ? '' : `, or \`lvsctl rollback ${snapshot}\` to go back`;
  const left = residual.length === 0 ? [] : [`Still to do: ${residual.map(({ label }) => label).join(', ')}.`];
  const next = `See what is left with \`lvsctl plan\`; \`lvsctl apply\` tries again${undo}.`;
  return `${[...lines, `Applied ${done} of ${plural(ends.length, 'operation')}.`, ...left, next].join('\n')}\n`;
}

function troubleLine(word: string, { step, message }: StepEnd, paint: Paint): string {
  const where = step.origin === null ? '' : ` (${formatOrigin(step.origin)})`;
  const what = stepText(step).replace(/ +/g, ' ');
  return `${paint('error', `${word}:`)} ${what}${where}: ${message}`;
}
