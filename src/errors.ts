/**
 * The exit codes of every verb.
 * 0 done · 1 operational or internal error · 2 changes pending · 3 findings in the spec · 4 refused by a guard, stale
 * plan or lock · 5 timed out, safe but not final · 64 usage.
 */
export const EXIT = {
  done: 0,
  failed: 1,
  pending: 2,
  findings: 3,
  refused: 4,
  timedOut: 5,
  usage: 64,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The world said no: a tool failed, a file cannot be read. Shown without a stack; exit 1 unless it says otherwise. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  /** What to do about it, one sentence each. */
  readonly hints: readonly string[];
  readonly exitCode: ExitCode;

  constructor(message: string, options: { hints?: readonly string[]; exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hints = options.hints ?? [];
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}

/** The command line asks for something that does not exist or does not fit together; exit 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
