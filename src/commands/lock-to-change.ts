import { OperationError } from '../errors.ts';
import type { Lock } from '../host/lock.ts';
import { secondsLeft, whyOf } from '../model/trial.ts';
import { takingBackText } from '../view/trial-text.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';
import { takeBack } from './take-back.ts';

/**
 * The lock for whoever is about to change something. What nobody confirmed in time, and nobody was there to take back, is
 * taken back first: the holder may have been killed, or the host rebooted.
 */
export async function lockToChange(
  context: Context,
  session: Session,
  { command, timeout, netns }: { command: string; timeout: number; netns: string | undefined },
): Promise<Lock> {
  const lock = await session.lock(command, timeout);
  try {
    const trial = await session.readTrial();
    if (trial.kind !== 'armed' || secondsLeft(trial, context.bootTime()) > 0) return lock;
    context.stderr.write(`${takingBackText(trial, whyOf(trial, context.bootTime()))}\n`);
    const { result } = await takeBack(context, trial, { session, lock, netns, wait: null });
    if (result !== 'failed') return lock;
    throw new OperationError(`Snapshot ${trial.snapshot} could not be restored, and nothing else is changed before`, {
      hints: [`\`lvsctl rollback ${trial.snapshot}\` shows why, and ends the waiting whatever becomes of it.`],
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}
