/** How one `ipvsadm -R` with markers ended. */
export interface RestoreEnd {
  readonly stderr: string;
  /** Undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** How many operations the input had. */
  readonly count: number;
  /** Set when the caller ended it: why, as a sentence. */
  readonly stopped?: string;
}

/** The shape of `OperationFailure` (host/kernel.ts), which this folder does not import. */
export interface RestoreFailure {
  readonly index: number;
  readonly kind: 'exists' | 'missing' | 'refused' | 'not-run';
  readonly message: string;
}

export interface RestoreReport {
  readonly failures: readonly RestoreFailure[];
  /** What stood on stderr before the first rule: why the tool could not start. Empty when it did. */
  readonly beforeFirst: string;
  /** False when not one rule was reached. */
  readonly started: boolean;
}

/**
 * Finds which operations failed. The exit code is that of the last line alone, and a failed rule does not stop the
 * ones after it, so stderr is what counts: each message follows the marker of its rule (`restoreInput`).
 */
export function restoreFailures(end: RestoreEnd): RestoreReport {
  const { before, messages } = splitByMarker(end.stderr);
  const last = Math.max(-1, ...messages.keys());
  const failures: RestoreFailure[] = [];
  for (let index = 0; index < end.count; index += 1) {
    const message = messages.get(index)?.join('; ') || (index === last ? endOf(end) : '');
    if (!messages.has(index)) failures.push({ index, kind: 'not-run', message: notRun(last) });
    else if (message !== '') failures.push({ index, kind: kindOf(message), message });
  }
  return { failures, beforeFirst: before.join('\n'), started: last >= 0 };
}

const MARKER = /^--@(\d+): unknown option$/;

function splitByMarker(stderr: string): { before: string[]; messages: Map<number, string[]> } {
  const before: string[] = [];
  const messages = new Map<number, string[]>();
  let current = before;
  for (const line of stderr.split('\n').filter((each) => each.trim() !== '')) {
    const marker = MARKER.exec(line);
    if (marker === null) {
      current.push(line.trim());
    } else {
      current = [];
      messages.set(Number(marker[1]), current);
    }
  }
  return { before, messages };
}

/** What the end of the process says of the rule it was at; nothing after an ordinary end. */
function endOf({ exitCode, signal, stopped }: RestoreEnd): string {
  if (stopped !== undefined) return stopped;
  if (signal !== undefined) return `ipvsadm was ended by ${signal}`;
  return exitCode === 0 ? '' : `ipvsadm ended with exit code ${exitCode} and said nothing`;
}

function notRun(last: number): string {
  return last < 0 ? 'ipvsadm ended before its first rule' : `ipvsadm ended at rule ${last + 1}, before this one`;
}

/** ipvsadm 1.31's words for EEXIST, and for ESRCH and the ENOENT of a real server (ipvs_strerror() of libipvs.c). */
const KINDS: ReadonlyMap<string, RestoreFailure['kind']> = new Map([
  ['Service already exists', 'exists'],
  ['Destination already exists', 'exists'],
  ['Daemon has already run', 'exists'],
  ['No such service', 'missing'],
  ['Service not defined', 'missing'],
  ['No such destination', 'missing'],
  ['No daemon is running', 'missing'],
]);

function kindOf(message: string): RestoreFailure['kind'] {
  return KINDS.get(message) ?? 'refused';
}
