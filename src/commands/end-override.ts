import { EXIT } from '../errors.ts';
import type { EndOrder, EndSubject } from '../plan/hand-order.ts';
import { endedText } from '../view/hand-text.ts';
import type { Context } from './context.ts';
import { type HandOptions, permissionsByHand } from './hand-options.ts';
import { reportEffect, reportRefusal } from './hand-report.ts';
import { openHands } from './hands.ts';

/** What `undrain` and `enable` do. That there is nothing to end is what was wanted. */
export async function endOverride(
  context: Context,
  { verb, subject, options }: { verb: EndOrder['verb']; subject: EndSubject; options: HandOptions },
): Promise<void> {
  const hands = await openHands(context, { verb, options });
  if (hands === null) return;
  const outcome = await hands.end({ subject, verb, permissions: permissionsByHand(options) });
  if (outcome.kind === 'refused') return reportRefusal(context, outcome);
  if (outcome.kind === 'nothing') {
    context.stderr.write(`${outcome.message}: nothing was changed.\n`);
    return context.exit(EXIT.done);
  }
  context.stdout.write(endedText(outcome));
  context.exit(reportEffect(context, outcome));
}
