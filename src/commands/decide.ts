import type { ExitCode } from '../errors.ts';
import type { Hands } from '../daemon/hands.ts';
import { formatTarget } from '../model/override-target.ts';
import type { HandOrder } from '../plan/hand-order.ts';
import type { Decided } from '../plan/hand-outcome.ts';
import { decidedText } from '../view/hand-text.ts';
import type { Context } from './context.ts';
import { reportEffect, reportRefusal } from './hand-report.ts';

/** Has one thing decided and says what came of it, with the exit code so far; null: it was refused. */
export async function decide(
  context: Context,
  { hands, order, undo }: { hands: Hands; order: HandOrder; undo: 'undrain' | 'enable' },
): Promise<{ decided: Decided; code: ExitCode } | null> {
  const outcome = await hands.set(order);
  if (outcome.kind === 'refused') {
    reportRefusal(context, outcome);
    return null;
  }
  context.stdout.write(decidedText(outcome));
  const code = reportEffect(context, outcome);
  context.stderr.write(`Back again with: lvsctl ${undo} ${formatTarget(order.target)}\n`);
  return { decided: outcome, code };
}
