import { EXIT } from '../errors.ts';
import { type Armed, secondsLeft } from '../model/trial.ts';
import type { Context } from './context.ts';
import { lockToChange } from './lock-to-change.ts';
import type { Session } from './session.ts';
import { takeBack } from './take-back.ts';

const LOOK_SECONDS = 1;
const LOCK_SECONDS = 60;
const PAUSE_MILLISECONDS = 10_000;
const TRIES = 30;

/**
 * What an apply on trial leaves behind: waits until somebody confirms or the time is over, and takes it back then. A
 * watch beside it does the same; whoever has the lock first does it.
 */
export async function holdTrial(
  context: Context,
  session: Session,
  { netns }: { netns: string | undefined },
): Promise<void> {
  const held = await untilTime(context, session);
  if (held === null) return context.exit(EXIT.done);
  await tryTakingBack(context, session, { netns });
  await waitForDrains(context, session, { armed: held, netns });
  context.exit(EXIT.timedOut);
}

/** Null: somebody confirmed it, or took it back. */
async function untilTime(context: Context, session: Session): Promise<Armed | null> {
  for (;;) {
    const trial = await session.readTrial();
    if (trial.kind !== 'armed') return null;
    const left = secondsLeft(trial, context.bootTime());
    if (left === 0) return trial;
    await context.sleep(Math.min(left, LOOK_SECONDS) * 1000);
  }
}

/** What fails now may not fail in a moment, and there is nobody to ask. */
async function tryTakingBack(
  context: Context,
  session: Session,
  { netns }: { netns: string | undefined },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const lock = await lockToChange(context, session, { command: 'rollback', timeout: LOCK_SECONDS, netns });
      return await lock.release();
    } catch (error) {
      if (tries === TRIES) throw error;
      context.stderr.write(`${error instanceof Error ? error.message : error}\n`);
      await context.sleep(PAUSE_MILLISECONDS);
    }
  }
}

/** Servers that left with it may still have connections; nobody else may be there to remove them. */
async function waitForDrains(
  context: Context,
  session: Session,
  { armed, netns }: { armed: Armed; netns: string | undefined },
): Promise<void> {
  const lock = await session.lock('rollback', LOCK_SECONDS);
  const [trial, state] = [await session.readTrial(), await session.readState()];
  const isOurs = trial.kind === 'taken-back' && trial.id === armed.id && state.drains.length > 0;
  const last = isOurs ? await takeBack(context, armed, { session, lock, netns, wait: LOCK_SECONDS }) : { lock };
  await last.lock.release();
}
