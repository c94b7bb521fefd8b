import { UsageError } from '../errors.ts';
import { type AppliedSpecStore, openAppliedSpecStore } from '../host/applied-spec-store.ts';
import { hostDirectories } from '../host/directories.ts';
import { type HistoryStore, openHistoryStore } from '../host/history-store.ts';
import { ipvsadmKernel } from '../host/ipvsadm-kernel.ts';
import type { Kernel } from '../host/kernel.ts';
import { acquireLock, type Lock } from '../host/lock.ts';
import { snapshots, type SnapshotStore } from '../host/snapshots.ts';
import { openOverrideStore, type OverrideStore } from '../host/override-store.ts';
import { openStateStore } from '../host/state-store.ts';
import { openTrialStore, type TrialStore } from '../host/trial-store.ts';
import { parseDuration } from '../model/duration.ts';
import type { Overrides } from '../model/override.ts';
import type { State } from '../model/state.ts';
import type { Trial } from '../model/trial.ts';
import type { Context } from './context.ts';

/** One network namespace as a verb sees it: its table, what we know of it, and the right to write it. */
export interface Session {
  /** A kernel that runs under a lock hands that lock to ipvsadm, which may outlive us. */
  kernel(lock?: Lock): Kernel;
  readonly snapshots: SnapshotStore;
  readonly appliedSpec: AppliedSpecStore;
  readonly history: HistoryStore;
  readonly trial: TrialStore;
  /** The same with a warning where the file is damaged. */
  readTrial(): Promise<Trial>;
  /** Where all of it lies. */
  readonly directory: string;
  readState(): Promise<State>;
  writeState(state: State): Promise<void>;
  readonly overrides: OverrideStore;
  /** The same with a warning where the file is damaged. */
  readOverrides(): Promise<Overrides>;
  lock(command: string, timeoutSeconds: number): Promise<Lock>;
}

export function openSession(context: Context, { netns }: { netns?: string | undefined }): Session {
  const { env, uid, home } = context;
  const place = netns === undefined ? {} : { netns };
  const directories = hostDirectories({ env, uid, home, ...place });
  const tool = { ...place, env, ipvsadm: env.LVSCTL_IPVSADM, timeoutSeconds: toolTimeout(context) };
  const store = openStateStore({ directory: directories.state });
  const trial = openTrialStore({ directory: directories.state });
  const overrides = openOverrideStore({ directory: directories.state });
  return {
    kernel: (lock) => ipvsadmKernel({ ...tool, heldFd: lock?.fd }),
    snapshots: snapshots({ directory: directories.state, pinned: () => pinnedSnapshot(trial) }),
    appliedSpec: openAppliedSpecStore({ directory: directories.state }),
    history: openHistoryStore({ directory: directories.state }),
    trial,
    readTrial: () => readTrial(context, trial),
    directory: directories.state,
    readState: () => readState(context, store),
    writeState: (state) => store.write(state),
    readOverrides: () => readOverrides(context, overrides),
    overrides,
    lock: (command, timeoutSeconds) =>
      acquireLock({
        runtimeDirectory: directories.runtime,
        command,
        timeoutSeconds,
        ...place,
        onWait: (holder) =>
          context.stderr.write(
            `Waiting for ${holder ? `lvsctl ${holder.command} (pid ${holder.pid})` : 'another lvsctl'} to finish\n`,
          ),
      }),
  };
}

/** How long one call of ipvsadm may take. A table of many thousand servers on a slow machine may want more. */
function toolTimeout({ env }: Context): number | undefined {
  const text = env.LVSCTL_IPVSADM_TIMEOUT;
  if (!text) return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined || seconds === 0)
    throw new UsageError(`LVSCTL_IPVSADM_TIMEOUT is "${text}", and must be a duration such as 30s or 2m`);
  return seconds;
}

async function readState(context: Context, store: ReturnType<typeof openStateStore>): Promise<State> {
  const { state, setAside, reason } = await store.read();
  if (setAside !== null)
    context.stderr.write(
      `Warning: the state could not be read (${reason}) and was set aside as ${setAside}.\n` +
        '  Which services lvsctl manages, and what is draining, is not known any more: services of the spec that differ need --adopt.\n',
    );
  return state;
}

async function readTrial(context: Context, store: TrialStore): Promise<Trial> {
  const { trial, damage } = await store.read();
  if (damage !== null)
    context.stderr.write(
      `Warning: what waits to be confirmed could not be read (${damage.reason}) and was set aside as ${damage.setAside}.\n` +
        '  Nothing is taken back by itself now: `lvsctl rollback` does it.\n',
    );
  return trial;
}

/** What may have to be restored must not be forgotten. */
async function pinnedSnapshot(store: TrialStore): Promise<string | null> {
  const { trial } = await store.read();
  return trial.kind === 'armed' ? trial.snapshot : null;
}

async function readOverrides(context: Context, store: OverrideStore): Promise<Overrides> {
  const { overrides, damage } = await store.read();
  if (damage !== null)
    context.stderr.write(
      `Warning: ${damage}.\n  What was decided by hand is taken from its copy, the last good state: see \`lvsctl overrides\`.\n`,
    );
  return overrides;
}
