import type { Hands } from '../daemon/hands.ts';
import { localHands } from '../daemon/local-hands.ts';
import type { Desired } from '../model/desired.ts';
import type { Overrides } from '../model/override.ts';
import type { Verdicts } from '../model/verdict.ts';
import type { Context } from './context.ts';
import { lockToChange } from './lock-to-change.ts';
import type { Session } from './session.ts';

interface SessionHandsOptions {
  readonly session: Session;
  /** The spec that counts now. */
  readonly desired: () => Desired;
  readonly verdicts: () => Verdicts | undefined;
  readonly readOverrides: () => Promise<Overrides>;
  /** Of those who hold the lock. */
  readonly verb: string;
  readonly lockTimeout: number;
  readonly netns: string | undefined;
}

/** Hands over one session, each decision under its lock. */
export function sessionHands(context: Context, options: SessionHandsOptions): Hands {
  const { session, desired, verdicts, readOverrides, verb, lockTimeout, netns } = options;
  return localHands({
    desired,
    verdicts,
    lock: async () => {
      const lock = await lockToChange(context, session, { command: verb, timeout: lockTimeout, netns });
      return { kernel: session.kernel(lock), release: () => lock.release() };
    },
    readState: () => session.readState(),
    writeState: (state) => session.writeState(state),
    readOverrides,
    writeOverrides: (overrides) => session.overrides.write(overrides),
    now: () => context.now(),
  });
}
