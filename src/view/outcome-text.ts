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
  /** Somebody else changed the table in between; the plan is made anew. */
  readonly isRace: boolean;
}

/** `[3/8] add real server  dns/ns-2 10.20.0.22:53 weight 1   ok` */
export function progressLine(
  end: StepEnd,
  { at, of, open, paint }: { at: number; of: number; open: number; paint: Paint },
): string {
  const place = `[${String(at).padStart(String(of).length)}/${of}]`;
  return `${place} ${stepText(end.step).padEnd(64)}  ${endText(end, { open, paint })}`;
}

/** `open`: the connections that a removed server still had. */
function endText({ result, message, isRace }: StepEnd, { open, paint }: { open: number; paint: Paint }): string {
  if (result === 'done') return open === 0 ? 'ok' : `ok, with ${plural(open, 'active connection')} open`;
  if (result === 'skipped') return paint('warning', message.split(',')[0] ?? '');
  return isRace ? paint('warning', `overtaken: ${message}`) : paint('error', 'failed');
}

/** What was applied, what was not and why, and how to go on. */
export function outcomeText(
  ends: readonly StepEnd[],
  {
    residual,
    arisen,
    snapshot,
    seconds,
    paint,
  }: {
    residual: readonly PlannedChange[];
    arisen: readonly PlannedChange[];
    snapshot: string | null;
    seconds: number;
    paint: Paint;
  },
): string {
  const of = (result: StepEnd['result']) => ends.filter((end) => end.result === result);
  const lines = [
    ...of('failed').map(({ step, message }) => `${paint('error', 'Failed:')} ${whatAndWhere(step)}: ${message}`),
    ...[...Map.groupBy(of('skipped'), ({ message }) => message)].flatMap(([message, skipped]) => [
      paint('warning', `${message.charAt(0).toUpperCase()}${message.slice(1)}:`),
      ...skipped.map(({ step }) => `  ${whatAndWhere(step)}`),
    ]),
  ];
  const done = of('done').length;
  if (lines.length === 0 && residual.length === 0)
    return `Applied ${plural(done, 'operation')} in ${seconds.toFixed(1)} s. Verified: ${verdict(arisen)}\n`;
  const undo = snapshot === null ? '' : `, or \`lvsctl rollback ${snapshot}\` to go back`;
  const left = residual.length === 0 ? [] : [`Still to do: ${residual.map(({ label }) => label).join(', ')}.`];
  const next = `See what is left with \`lvsctl plan\`; \`lvsctl apply\` tries again${undo}.`;
  return `${[...lines, `Applied ${done} of ${plural(ends.length, 'operation')}.`, ...left, next].join('\n')}\n`;
}

function verdict(arisen: readonly PlannedChange[]): string {
  if (arisen.length === 0) return 'the live table is as the spec wants it.';
  const what = arisen.map(({ label }) => label).join(', ');
  return `what was approved is live. Changed by others meanwhile: ${what}; see \`lvsctl plan\`.`;
}

function whatAndWhere(step: Step): string {
  const where = step.origin === null ? '' : ` (${formatOrigin(step.origin)})`;
  return `${stepText(step).replace(/ +/g, ' ')}${where}`;
}
