import { EXIT, type ExitCode } from '../errors.ts';
import { formatTarget } from '../model/override-target.ts';
import type { HandEffect, RefusedByGuards } from '../plan/hand-outcome.ts';
import { hazardLine } from '../view/plan-text.ts';
import type { Context } from './context.ts';
import { outputPaint } from './output-paint.ts';
import { refusedByGuards } from './refuse.ts';

/** Says which guards refuse a decision, and ends with their exit code. */
export function reportRefusal(context: Context, { hazards }: RefusedByGuards): void {
  const paint = outputPaint(context, context.stderr);
  context.stderr.write(hazards.map((hazard) => `${hazardLine(hazard, paint)}\n`).join(''));
  refusedByGuards(context, { hazards });
}

/** Says what there is to know beside what was decided; returns the exit code so far. */
export function reportEffect(context: Context, effect: HandEffect): ExitCode {
  const { hazards, notices, ruledBy, theirs, problems } = effect;
  const paint = outputPaint(context, context.stderr);
  const note = paint('warning', 'Note:');
  const lines = [
    ...hazards.map((hazard) => hazardLine(hazard, paint)),
    ...notices.map(({ subject, message }) => `${note} ${subject}: ${message}`),
    ...ruledBy.map(
      ({ id, target }) => `${note} ${id} (${formatTarget(target)}) has the say over some of it: \`lvsctl overrides\``,
    ),
    ...theirs.map((name) => `${note} ${name} belongs to keepalived (owner: keepalived), and is left as it is`),
    ...problems.map((problem) => `${paint('error', 'Failed:')} ${problem}`),
    ...(problems.length === 0 ? [] : ['What was decided holds: `lvsctl apply`, or watch, brings it into the kernel.']),
  ];
  context.stderr.write(lines.map((line) => `${line}\n`).join(''));
  return problems.length === 0 ? EXIT.done : EXIT.failed;
}
