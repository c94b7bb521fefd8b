import type { Kernel } from '../host/kernel.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { Desired } from '../model/desired.ts';
import type { Maintenance } from '../model/maintenance.ts';
import type { SavedConf } from '../model/saved-conf.ts';
import type { PendingConf, State } from '../model/state.ts';
import type { ConfOutcome } from './replace-conf.ts';

/** What is needed beside a change of keepalived.conf to carry it out. */
export interface ConfWork {
  readonly desired: Desired;
  /** As the change was looked at. */
  readonly maintenance: Maintenance | null;
  /** Whether `refusals` has just said that there are none. */
  readonly isTested: boolean;
  readonly kernel: Kernel;
  /** Records the file that is about to be loaded; null: it was. */
  remember(pendingConf: PendingConf | null): Promise<void>;
}

/** keepalived on this host, as apply and watch see it. */
export interface ConfKeeper {
  /** Null where nothing of keepalived.conf changes; undefined where it is not this host's to change. */
  look(desired: Desired, state: State): Promise<ConfChange | null | undefined>;
  /** Why keepalived would not take the file; nothing when it would. */
  refusals(change: ConfChange): Promise<readonly string[]>;
  carryOut(change: ConfChange, work: ConfWork): Promise<ConfOutcome>;
  /** The file as it is, for a snapshot. */
  saved(): Promise<SavedConf>;
}
