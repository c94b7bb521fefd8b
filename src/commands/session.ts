import { UsageError } from '../errors.ts';
import { hostDirectories } from '../host/directories.ts';
import { ipvsadmKernel } from '../host/ipvsadm-kernel.ts';
import type { Kernel } from '../host/kernel.ts';
import { acquireLock, type Lock } from '../host/lock.ts';
import { snapshots, type SnapshotStore } from '../host/snapshots.ts';
import { openStateStore } from '../host/state-store.ts';
import { parseDuration } from '../model/duration.ts';
import type { State } from '../model/state.ts';
import type { Context } from './context.ts';

/** One network namespace as a verb sees it: its table, what we know of it, and the right to write it. */
export interface Session {
  /** A kernel that runs under a lock hands that lock to ipvsadm, which may outlive us. */
  kernel(lock?: Lock): Kernel;
  readonly snapshots: SnapshotStore;
  readState(): Promise<State>;
  writeState(state: State): Promise<void>;
  lock(command: string, timeoutSeconds: number): Promise<Lock>;
}

export function openSession(context: Context, { netns }: { netns?: string | undefined }): Session {
  const { env, uid, home } = context;
  const place = netns === undefined ? {} : { netns };
  const directories = hostDirectories({ env, uid, home, ...place });
  const tool = { ...place, env, ipvsadm: env.LVSCTL_IPVSADM, timeoutSeconds: toolTimeout(context) };
  const store = openStateStore({ directory: directories.state });
  return {
    kernel: (lock) => ipvsadmKernel({ ...tool, heldFd: lock?.fd }),
    snapshots: snapshots({ directory: directories.state }),
    readState: () => readState(context, store),
    writeState: (state) => store.write(state),
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
