import type { Kernel } from '../host/kernel.ts';

/** The table under the lock, for one turn or one decision. */
export interface LockedTable {
  readonly kernel: Kernel;
  release(): Promise<void>;
}
