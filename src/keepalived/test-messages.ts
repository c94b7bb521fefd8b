/** What `keepalived -t` said in one line. */
export interface TestMessage {
  /** Line of the tested file; null where it names none. */
  readonly line: number | null;
  readonly text: string;
  /**
   * `refused`: keepalived would ignore, change or stop at what it read. `host`: it says so because something is not on
   * this host: an interface, a script, a user.
   */
  readonly kind: 'refused' | 'host';
}

/**
 * The messages of a config test. The exit code proves nothing: 0 for a file that is missing, 5 for a deprecation, 6 hides
 * 5 (keepalived 2.2.7, core/main.c and lib/scheduler.h); so whatever it prints counts.
 */
export function readTestMessages(output: string): TestMessage[] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readMessage);
}

function readMessage(line: string): TestMessage {
  const [, number, text = line] = /^\((?:.*: )?Line (\d+)\) (.*)$/.exec(line) ?? [];
  const kind = HOST_MESSAGES.some((pattern) => pattern.test(text)) ? 'host' : 'refused';
  return { line: number === undefined ? null : Number(number), text, kind };
}

/** Each was seen by giving 2.2.7 a file that names what is not there. */
const HOST_MESSAGES: readonly RegExp[] = [
  /interface \S+ (?:for .* )?doesn't exist/,
  /Non-existent interface specified in configuration/,
  /^Error setting global script uid\/gid/,
  /^Unable to set (?:default user|uid\/gid) for/,
  // What follows from that: lint sees to it that every tracker is defined.
  /track script \S+ not found, ignoring/,
  /(?:script|file|directory) .*(?:not found|does not exist|No such file)/i,
];

/** Where in the spec a line of our keepalived.conf comes from: the comment of the block around it. */
export function specPlace(conf: string, line: number): string | null {
  const lines = conf.split('\n').slice(0, line);
  const header = lines.findLast((text) => / \{ # .+:\d+$/.test(text));
  return header === undefined ? null : (/ \{ # (.+)$/.exec(header)?.[1] ?? null);
}
