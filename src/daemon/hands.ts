import type { Kernel } from '../host/kernel.ts';
import type { Desired } from '../model/desired.ts';
import type { Override, Overrides } from '../model/override.ts';
import type { State } from '../model/state.ts';
import type { Verdicts } from '../model/verdict.ts';
import type { EndOrder, HandOrder } from '../plan/hand-order.ts';
import type { EndOutcome, FollowOutcome, SetOutcome } from '../plan/hand-outcome.ts';

/** What verbs do by hand, in this process or through the daemon. */
export interface Hands {
  set(order: HandOrder): Promise<SetOutcome>;
  end(order: EndOrder): Promise<EndOutcome>;
  /** Does what is left to do for an override, such as removing what has drained, and looks at the connections. */
  follow(id: string): Promise<FollowOutcome>;
  /** Those that stand. */
  list(): Promise<readonly Override[]>;
}

/** One network namespace under its lock, with the spec that counts there. */
export interface HandWorld {
  readonly desired: Desired;
  /** Undefined: nobody checks. */
  readonly verdicts: Verdicts | undefined;
  readonly kernel: Kernel;
  readState(): Promise<State>;
  writeState(state: State): Promise<void>;
  readOverrides(): Promise<Overrides>;
  writeOverrides(overrides: Overrides): Promise<void>;
  now(): number;
}
