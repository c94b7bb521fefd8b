import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';

export interface ExecOptions {
  readonly input?: string;
  readonly timeoutSeconds: number;
  /** The whole environment of the program, but for LC_ALL, which is always C: error texts are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Characters of stdout and of stderr; more ends the program. Default: 512 Mi. */
  readonly maxBuffer?: number;
  /** A descriptor of ours that the program gets as its 3: a lock that is to live as long as the program does. */
  readonly heldFd?: number | undefined;
}

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it did not start, or when a signal or we ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** Why it did not start, or `too-long`: it printed more than `maxBuffer`. `other`: see `message`. */
  readonly failure: 'missing' | 'denied' | 'too-long' | 'other' | undefined;
  /** What went wrong, in Node's words; empty when nothing did. */
  readonly message: string;
}

/** How long a killed program may take to go. One that waits inside the kernel cannot be killed; we do not wait for it. */
const KILL_GRACE_SECONDS = 2;

/** Runs a program and tells how it ended. Never throws for what the program, or its absence, does. */
export async function exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const gaveUp = new AbortController();
  const child = start(file, args, options);
  const limit = (options.timeoutSeconds + KILL_GRACE_SECONDS) * 1000;
  const stuck = delay(limit, undefined, { signal: gaveUp.signal, ref: true }).then(
    () => 'stuck' as const,
    () => 'stuck' as const,
  );
  const result = await Promise.race([child, stuck]);
  gaveUp.abort();
  if (result !== 'stuck') return describe(result);
  letGo(child);
  return { ...NOTHING, timedOut: true, message: 'It did not end even when it was killed' };
}

/** So that a program that cannot be killed does not keep us from ending. */
function letGo({ nodeChildProcess }: ReturnType<typeof start>): void {
  nodeChildProcess.unref();
  for (const stream of nodeChildProcess.stdio) stream?.destroy();
}

const NOTHING: ExecResult = {
  stdout: '',
  stderr: '',
  exitCode: undefined,
  signal: undefined,
  timedOut: false,
  failure: undefined,
  message: '',
};

function start(file: string, args: readonly string[], options: ExecOptions) {
  const { input = '', timeoutSeconds, env, maxBuffer = 512 * 1024 * 1024, heldFd } = options;
  return execa(file, args, {
    input,
    env: { ...env, LC_ALL: 'C' },
    extendEnv: false,
    timeout: timeoutSeconds * 1000,
    killSignal: 'SIGKILL',
    // Its own process group: a hung helper goes too, and Ctrl-C at our terminal does not cut a batch in two.
    killDescendants: true,
    maxBuffer,
    stripFinalNewline: false,
    reject: false,
    // A number is as good here as 'ignore' (execa passes it on to child_process), though the types do not say so.
    stdio: ['pipe', 'pipe', 'pipe', (heldFd ?? 'ignore') as 'ignore'],
  });
}

type Ended = Awaited<ReturnType<typeof start>>;

function describe(result: Ended): ExecResult {
  const { stdout, stderr, exitCode, signal, timedOut, isMaxBuffer } = result;
  return {
    stdout: stdout ?? '',
    stderr: stderr ?? '',
    // A program that ends well after its output was cut off has no exit code that would mean anything.
    exitCode: isMaxBuffer ? undefined : exitCode,
    signal: timedOut ? undefined : signal,
    timedOut,
    failure: failureOf(result),
    message: result.originalMessage ?? '',
  };
}

function failureOf({ code, exitCode, signal, timedOut, isMaxBuffer }: Ended): ExecResult['failure'] {
  if (isMaxBuffer) return 'too-long';
  if (exitCode !== undefined || signal !== undefined || timedOut) return undefined;
  if (code === 'ENOENT') return 'missing';
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'other';
}
