import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { signalProcess } from './keepalived-process.ts';

export interface ExecOptions {
  readonly input?: string;
  /** Infinity: for as long as `signal` lets it. */
  readonly timeoutSeconds: number;
  /** Ends the program as too long a run does. */
  readonly signal?: AbortSignal | undefined;
  /** The whole environment of the program, but for LC_ALL, which is always C: error texts are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Characters of stdout and of stderr; more ends the program. Default: 512 Mi. */
  readonly maxBuffer?: number;
  /** A descriptor of ours that the program gets as its 3: a lock that is to live as long as the program does. */
  readonly heldFd?: number | undefined;
  /** Whose rights the program gets, without supplementary groups. Default: ours. */
  readonly runAs?: { readonly uid: number; readonly gid: number } | undefined;
  /**
   * For a script of somebody else: it is told to end (SIGTERM) before it is killed; it is over when it exits, whatever it
   * leaves running; and of its output the beginning is kept and the rest dropped. Default: false.
   */
  readonly isScript?: boolean;
}

export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when it did not start, or when a signal or we ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Its time was over, or `signal` ended it. */
  readonly timedOut: boolean;
  /** Why it did not start, or `too-long`: it printed more than `maxBuffer`. `other`: see `message`. */
  readonly failure: 'missing' | 'denied' | 'too-long' | 'other' | undefined;
  /** What went wrong, in Node's words; empty when nothing did. */
  readonly message: string;
}

/** How long a killed program may take to go. One that waits inside the kernel cannot be killed; we do not wait for it. */
const KILL_GRACE_SECONDS = 2;

/** How long a script has between SIGTERM and SIGKILL. */
const SCRIPT_GRACE_SECONDS = 0.5;

/** Runs a program and tells how it ended. Never throws for what the program, or its absence, does. */
export async function exec(file: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const gaveUp = new AbortController();
  const child = start(file, args, options);
  const kept = options.isScript ? keepBeginnings(child) : {};
  const result = await Promise.race([child, stuck(options, gaveUp.signal)]);
  gaveUp.abort();
  if (options.isScript && (result === 'stuck' || result.timedOut || result.isCanceled)) killGroup(child);
  if (result !== 'stuck') return { ...describe(result), ...kept };
  letGo(child);
  return { ...NOTHING, timedOut: true, message: 'It did not end even when it was killed' };
}

/** When the time of a program, and that to be killed in, is over. */
async function stuck({ timeoutSeconds, signal }: ExecOptions, over: AbortSignal): Promise<'stuck'> {
  const limits = [
    ...(Number.isFinite(timeoutSeconds) ? [delay(timeoutSeconds * 1000, undefined, { signal: over })] : []),
    ...(signal === undefined ? [] : [aborted(signal, over)]),
  ];
  return Promise.race(limits)
    .then(() => delay(KILL_GRACE_SECONDS * 1000, undefined, { signal: over }))
    .then(
      () => 'stuck',
      () => 'stuck',
    );
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort', { signal: over });
}

type Child = ReturnType<typeof start>;

const KEPT_CHARACTERS = 1000;
/** How long the last words of a script that has exited may take to come. */
const LAST_WORDS_MILLISECONDS = 100;

/** What it left running may hold its output open for ever. */
function keepBeginnings({ nodeChildProcess: child }: Child): Pick<ExecResult, 'stdout' | 'stderr'> {
  const kept = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      kept[name] = (kept[name] + text).slice(0, KEPT_CHARACTERS);
    });
  child.once('exit', () => {
    const timer = setTimeout(
      () => [child.stdout, child.stderr].map((stream) => stream?.destroy()),
      LAST_WORDS_MILLISECONDS,
    );
    child.once('close', () => clearTimeout(timer));
  });
  return kept;
}

/** What a script started may have outlived the signal that the script itself heeded. */
function killGroup({ nodeChildProcess: { pid } }: Child): void {
  if (pid !== undefined) signalProcess(-pid, 'SIGKILL');
}

/** So that a program that cannot be killed does not keep us from ending. */
function letGo({ nodeChildProcess }: Child): void {
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
  const { input = '', timeoutSeconds, signal, env, maxBuffer = 512 * 1024 * 1024, heldFd, runAs, isScript } = options;
  return execa(file, args, {
    input,
    env: { ...env, LC_ALL: 'C' },
    extendEnv: false,
    ...(Number.isFinite(timeoutSeconds) && { timeout: Math.ceil(timeoutSeconds * 1000) }),
    ...(signal !== undefined && { cancelSignal: signal }),
    ...runAs,
    killSignal: isScript ? 'SIGTERM' : 'SIGKILL',
    forceKillAfterDelay: SCRIPT_GRACE_SECONDS * 1000,
    buffer: !isScript,
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
  const { stdout, stderr, exitCode, signal, isMaxBuffer } = result;
  const timedOut = result.timedOut || result.isCanceled;
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

function failureOf({ code, exitCode, signal, timedOut, isCanceled, isMaxBuffer }: Ended): ExecResult['failure'] {
  if (isMaxBuffer) return 'too-long';
  if (exitCode !== undefined || signal !== undefined || timedOut || isCanceled) return undefined;
  if (code === 'ENOENT') return 'missing';
  return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'other';
}
