import type { Trial } from '../model/trial.ts';
import { trialText } from '../view/trial-text.ts';
import type { Context } from './context.ts';

/** For whoever looks: that an apply waits to be confirmed, and until when. */
export function sayTrial(context: Context, trial: Trial): void {
  const text = trialText(trial, { boot: context.bootTime(), now: context.now() });
  if (text !== '') context.stderr.write(`${text}\n`);
}
