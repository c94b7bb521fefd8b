/** The exit codes of every verb; each has one meaning. */
export const EXIT = {
  done: 0,
  failed: 1,
  pending: 2,
  findings: 3,
  refused: 4,
  timedOut: 5,
  usage: 64,
} as const;

/** What each says, as `explain EXITCODES` prints it. */
export const EXIT_MEANINGS = {
  done: 'Done, or nothing to do; a look found nothing wrong.',
  failed: 'Something failed: a file cannot be read, a tool did not do its work, or lvsctl has a fault of its own.',
  pending: 'There are changes, or drift. Only where it was asked for: --detailed-exitcode, --check and the like.',
  findings: 'The spec has findings: errors, or whatever --fail-level names.',
  refused: 'Refused: a guard, a plan that is not the one approved, nobody said yes, or somebody else is writing.',
  timedOut: 'Time is up: what is there is safe, but not final yet, such as a server that still drains.',
  usage: 'The command line asks for something that does not exist, or does not fit together.',
} as const satisfies Record<keyof typeof EXIT, string>;

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
