import type { ConfOutcome } from '../daemon/replace-conf.ts';
import { EXIT } from '../errors.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { Desired } from '../model/desired.ts';
import type { State } from '../model/state.ts';
import { confOutcomeText } from '../view/conf-text.ts';
import type { Context } from './context.ts';
import type { Writing } from './writing.ts';

/** Before anything is changed: a file that keepalived does not take ends the apply. */
export async function refusedByKeepalived(
  context: Context,
  conf: ConfChange,
  { side, purpose }: Writing,
): Promise<boolean> {
  if (purpose.isUrgent) return false;
  const reasons = (await side?.refusals(conf)) ?? [];
  if (reasons.length === 0) return false;
  context.stderr.write(confOutcomeText(conf, { result: 'refused', reasons }));
  context.exit(EXIT.failed);
  return true;
}

/** keepalived's part of an approved plan, once the kernel has its own. Null: there was nobody to ask. */
export async function carryOutConf(
  context: Context,
  conf: ConfChange,
  { desired, state, writing }: { desired: Desired; state: State; writing: Writing },
): Promise<ConfOutcome | null> {
  const { session, side, lock, purpose } = writing;
  if (side === null) return null;
  const outcome = await side.carryOut(conf, {
    desired,
    maintenance: state.maintenance,
    isTested: !purpose.isUrgent,
    kernel: session.kernel(lock),
    remember: (pendingConf) => session.writeState({ ...state, pendingConf }),
  });
  context.stderr.write(confOutcomeText(conf, outcome));
  if (outcome.result !== 'done') context.exit(EXIT.failed);
  return outcome;
}
