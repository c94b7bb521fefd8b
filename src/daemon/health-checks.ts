import type { Desired } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { Verdicts } from '../model/verdict.ts';

/** Whoever asks the real servers how they are. */
export interface HealthChecks {
  /** From now on the real servers of this spec are checked; new ones begin with what the live table says of them. */
  watch(desired: Desired, live: LiveTable): void;
  /** Undefined: nobody checks, and all count as well. */
  verdicts(): Verdicts | undefined;
}
