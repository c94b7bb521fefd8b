import type { Lock } from '../host/lock.ts';
import type { HistoryResult } from '../model/history.ts';
import { type Armed, whyOf } from '../model/trial.ts';
import { NO_PERMISSIONS } from '../plan/guard.ts';
import { carryOut } from './carry-out.ts';
import type { Context } from './context.ts';
import { planRollback } from './plan-rollback.ts';
import { takingBack } from './rolling-back.ts';
import type { Session } from './session.ts';

/**
 * Takes back what nobody confirmed. No guard has a say, since what comes back was there before. What fails stays armed.
 * `wait`: for servers that leave, with so many seconds for the lock after each look; null: not at all.
 */
export async function takeBack(
  context: Context,
  armed: Armed,
  { session, lock, netns, wait }: { session: Session; lock: Lock; netns: string | undefined; wait: number | null },
): Promise<{ result: HistoryResult; lock: Lock }> {
  const why = whyOf(armed, context.bootTime());
  const { isWanted, pidFile, reloadCommand } = armed.keepalived;
  const { planned, writing, notes } = await planRollback(
    context,
    {
      snapshot: await session.snapshots.load(armed.snapshot),
      tried: armed.specDigest,
      permissions: NO_PERMISSIONS,
      drainSeconds: null,
      side: {
        keepalived: isWanted,
        ...(netns === undefined ? {} : { netns }),
        ...(pidFile === null ? {} : { keepalivedPid: pidFile }),
        ...(reloadCommand === null ? {} : { keepalivedReload: reloadCommand }),
      },
      // Once only: a look for servers that leave must not undo what was done by hand since.
      restoresOverrides: wait === null,
      wait: wait !== null,
      lockTimeout: wait ?? 0,
      purpose: (goingBack) => takingBack(goingBack, { session, armed, why, now: () => context.now() }),
    },
    { session, lock },
  );
  for (const note of notes) context.stderr.write(`${note}\n`);
  // How it ends is for the caller to say: it may have come for something else.
  const result = await carryOut({ ...context, exit: () => undefined }, planned, writing);
  return { result, lock: writing.lock };
}
