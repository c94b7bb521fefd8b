import type { Kernel } from '../host/kernel.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { State } from '../model/state.ts';
import type { Trial } from '../model/trial.ts';
import type { Plan } from '../plan/plan.ts';
import type { ConfKeeper } from './conf-keeper.ts';
import type { HealthChecks } from './health-checks.ts';
import type { Ending } from './history-entry.ts';
import type { LockedTable } from './locked-table.ts';
import type { Log } from './log-event.ts';
import type { Target } from './target.ts';

/** The daemon's hands: everything it may do to the world. */
export interface ReconcileEffects {
  /** For looking; no lock needed. */
  readonly kernel: Kernel;
  lock(): Promise<LockedTable>;
  readState(): Promise<State>;
  writeState(state: State): Promise<void>;
  /** What operators decided. */
  readOverrides(): Promise<readonly Override[]>;
  /** Stores all that a plan is about to change. */
  saveSnapshot(before: BeforePlan): Promise<unknown>;
  /** The spec that holds, where its text is known. */
  appliedSpec(state: State): Promise<Target | null>;
  /** Keeps the text of the spec that holds. */
  keepSpec(source: SpecSource): Promise<void>;
  /** An apply that waits to be confirmed: until then only its own spec is kept true. */
  trial(): Promise<Trial>;
  /** Writes what became of a plan into the history. */
  record(ending: Ending, source: SpecSource): Promise<void>;
  readonly keepalived: ConfKeeper;
  readonly checks: HealthChecks;
  now(): number;
  readonly log: Log;
}

/** What a plan was made of. */
export interface BeforePlan {
  readonly live: LiveTable;
  readonly state: State;
  readonly plan: Plan;
  readonly conf: ConfChange | null | undefined;
}
