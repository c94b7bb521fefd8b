import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import type { HealthChecks } from '../daemon/health-checks.ts';
import type { Log } from '../daemon/log-event.ts';
import type { ReconcileEffects } from '../daemon/reconcile-effects.ts';
import { appliedTarget, type Target } from '../daemon/target.ts';
import type { AppliedSpecStore } from '../host/applied-spec-store.ts';
import type { Overrides } from '../model/override.ts';
import type { State } from '../model/state.ts';
import type { Context } from './context.ts';
import { lockToChange } from './lock-to-change.ts';
import { loggingContext } from './logging-context.ts';
import { rememberEnding } from './remember.ts';
import type { Session } from './session.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** The daemon's hands over one session. */
export function reconcileEffects(
  session: Session,
  {
    context,
    log,
    lockTimeout,
    keepalived,
    pruned,
    netns,
    readOverrides,
    checks,
  }: {
    context: Context;
    log: Log;
    lockTimeout: number;
    keepalived: ConfKeeper;
    pruned: readonly string[];
    netns: string | undefined;
    readOverrides: () => Promise<Overrides>;
    checks: HealthChecks;
  },
): ReconcileEffects {
  let onDisk = '';
  /** The one that was taken in this turn. */
  let snapshot: string | null = null;
  return {
    kernel: session.kernel(),
    lock: async () => {
      const order = { command: 'watch', timeout: lockTimeout, netns };
      const lock = await lockToChange(loggingContext(context, log), session, order);
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
    readOverrides: async () => (await readOverrides()).list,
    saveSnapshot: async (before) => {
      const about = { takenAt: context.now(), reason: 'watch', pruned };
      snapshot = await takeSnapshot(before, { session, side: keepalived, ...about });
    },
    record: async (ending, source) => {
      await rememberEnding(context, ending, { session, verb: 'watch', source, snapshot, at: context.now() });
      snapshot = null;
    },
    trial: () => session.readTrial(),
    ...specKeeper(session.appliedSpec),
    now: () => context.now(),
    keepalived,
    checks,
    log,
  };
}

function specKeeper(store: AppliedSpecStore): Pick<ReconcileEffects, 'appliedSpec' | 'keepSpec'> {
  let applied: Target | null = null;
  return {
    // A spec that is kept true in place of another is the same one, turn after turn.
    appliedSpec: async ({ specDigest }) => {
      if (applied?.digest === specDigest) return applied;
      const source = await store.read(specDigest);
      applied = source && appliedTarget(source);
      return applied;
    },
    keepSpec: ({ files, digest, revision }) => store.write({ files, digest, revision }),
  };
}
