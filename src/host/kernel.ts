import type { LiveTable, Rates } from '../model/live.ts';
import type { Operation } from '../plan/plan.ts';

/** Why the kernel or the tool refused one operation. */
export interface OperationFailure {
  /** Index into the batch. */
  readonly index: number;
  /**
   * `exists`: already there (EEXIST). `missing`: the service or server is not there (ENOENT, ESRCH). Both mean that
   * somebody else changed the table: read again and plan again. `not-run`: the tool stopped before it came to this one.
   */
  readonly kind: 'exists' | 'missing' | 'refused' | 'not-run';
  /** The tool's own words. */
  readonly message: string;
}

/** The IPVS table of one network namespace. Every effect on the kernel goes through it. */
export interface Kernel {
  /** Reads everything, consistently, or throws an OperationError; never a part of the table. */
  read(): Promise<LiveTable>;
  /** Runs the operations in order. Failures are only hints: the caller reads the table again and compares. */
  run(operations: readonly Operation[]): Promise<readonly OperationFailure[]>;
  rates(): Promise<Rates>;
}
