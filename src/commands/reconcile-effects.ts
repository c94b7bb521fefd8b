import type { LogEvent } from '../daemon/log-event.ts';
import type { ReconcileEffects } from '../daemon/reconcile.ts';
import type { Logger } from '../host/log.ts';
import { saveTable } from '../ipvsadm/restore-input.ts';
import type { State } from '../model/state.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';

/** The daemon's hands: everything it may do to the world, over one session. */
export function reconcileEffects(
  session: Session,
  { context, log, lockTimeout }: { context: Context; log: Logger<LogEvent>; lockTimeout: number },
): ReconcileEffects {
  let onDisk = '';
  return {
    kernel: session.kernel(),
    lock: async () => {
      const lock = await session.lock('watch', lockTimeout);
      return { kernel: session.kernel(lock), release: () => lock.release() };
    },
    readState: async () => {
      const state = await session.readState();
      onDisk = JSON.stringify(state);
      return state;
    },
    // While servers drain, every turn would write the same state again.
    writeState: async (state: State) => {
      const text = JSON.stringify(state);
      if (text === onDisk) return;
      await session.writeState(state);
      onDisk = text;
    },
    saveSnapshot: (live, state) =>
      session.snapshots.save({ table: saveTable(live.services), state, takenAt: context.now(), reason: 'watch' }),
    now: () => context.now(),
    log,
  };
}
