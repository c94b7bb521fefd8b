import { readFile, realpath, rm, unlink } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import type { ConfTest } from '../model/conf-test.ts';
import type { KeepalivedStatus } from '../model/keepalived-status.ts';
import { hostAddresses } from './addresses.ts';
import type { ExecResult } from './exec.ts';
import { execInNetns } from './in-netns.ts';
import { reloadKeepingServices } from './keepalived-handover.ts';
import { childrenOf, dumpVrrp, runningPid, signalProcess } from './keepalived-process.ts';
import { replaceFile } from './replace-file.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

export interface KeepalivedOptions {
  /** Its configuration. */
  readonly path: string;
  /** Of its first process. */
  readonly pidFile: string;
  /** A shell command that makes it reload, instead of the signal. */
  readonly reloadCommand?: string | undefined;
  /** Name or path of the program. Default: `keepalived`. */
  readonly program?: string | undefined;
  /** Name of the network namespace that it runs in. Default: the one we are in. */
  readonly netns?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** keepalived on this host: its file and its processes. */
export interface KeepalivedHost {
  readonly path: string;
  /** Null: there is no file. */
  read(): Promise<string | null>;
  test(text: string): Promise<ConfTest>;
  /** Replaces the file in one step; null removes it. */
  write(text: string | null): Promise<void>;
  /** Null: it does not run. Throws where it runs and does not answer. */
  status(): Promise<KeepalivedStatus | null>;
  /** `keepServices`: services that are not in the new file stay in the kernel. */
  reload(options: { readonly keepServices: boolean }): Promise<void>;
  /** The version that is installed, or null where there is none. */
  version(): Promise<string | null>;
}

const TEST_SECONDS = 20;
const RELOAD_SECONDS = 30;
// keepalived itself keeps its files from others: passwords may be in there.
const MODE = 0o640;

export function keepalivedHost(options: KeepalivedOptions): KeepalivedHost {
  const { path, pidFile } = options;
  return {
    path,
    read: () => readConf(path),
    test: (text) => testConf(text, options),
    write: (text) => writeConf(path, text),
    status: () => readStatus(pidFile, options),
    reload: ({ keepServices }) => (keepServices ? reloadKeeping(options) : reload(options)),
    version: () => readVersion(options),
  };
}

async function readConf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw new OperationError(`Cannot read ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}

async function writeConf(path: string, text: string | null): Promise<void> {
  // A link stays one, and what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  if (text !== null) return replaceFile(target, text, { mode: MODE });
  await rm(target, { force: true }).catch((error: unknown) => {
    throw new OperationError(`Cannot remove ${path}: ${describeSystemError(error)}`, { cause: error });
  });
}

/** Beside the file, so that an include with a relative path finds what it will find. */
async function testConf(text: string, options: KeepalivedOptions): Promise<ConfTest> {
  const candidate = `${options.path}.lvsctl-test`;
  await replaceFile(candidate, text, { mode: MODE });
  try {
    const result = await run(['-t', '-f', candidate], options, TEST_SECONDS);
    return { output: result.stderr + result.stdout, exitCode: result.exitCode ?? null };
  } finally {
    await unlink(candidate).catch(() => undefined);
  }
}

async function run(
  args: readonly string[],
  { program = 'keepalived', netns, env }: KeepalivedOptions,
  timeoutSeconds: number,
): Promise<ExecResult> {
  const result = await execInNetns([program, ...args], { netns, env, timeoutSeconds });
  if (result.timedOut) throw new OperationError(`${program} ${args.join(' ')} did not end within ${timeoutSeconds} s`);
  if (result.failure === undefined) return result;
  throw new OperationError(
    `Cannot run ${program}: ${result.failure === 'missing' ? 'it is not installed' : result.message}`,
    {
      hints: ['Install it (apt-get install keepalived), or name it in LVSCTL_KEEPALIVED.'],
    },
  );
}

async function readStatus(pidFile: string, options: KeepalivedOptions): Promise<KeepalivedStatus | null> {
  const pid = await runningPid(pidFile);
  if (pid === null) return null;
  const children = await childrenOf(pid);
  const instances = children.length === 0 ? [] : ((await dumpVrrp(pid)) ?? (await withoutInstances(options.path)));
  if (instances === null)
    throw new OperationError(`keepalived (pid ${pid}) does not tell its state when asked by a signal`);
  return { pid, instances, addresses: await hostAddresses(options) };
}

/** A keepalived that has no instance prints none, and no file either. */
async function withoutInstances(path: string): Promise<[] | null> {
  return /^\s*(?:vrrp_instance|include)\b/m.test((await readConf(path)) ?? '') ? null : [];
}

async function reload(options: KeepalivedOptions): Promise<void> {
  const { reloadCommand, pidFile, env } = options;
  if (reloadCommand !== undefined) {
    const result = await execInNetns(['sh', '-c', reloadCommand], { env, timeoutSeconds: RELOAD_SECONDS });
    if (result.exitCode === 0) return;
    const reason = result.stderr.trim() || result.message || `it ended with status ${result.exitCode}`;
    throw new OperationError(`Cannot reload keepalived by "${reloadCommand}": ${reason}`);
  }
  const pid = await runningPid(pidFile);
  if (pid === null || !signalProcess(pid, 'SIGHUP'))
    throw new OperationError(`Cannot reload keepalived: no process of ${pidFile} runs`);
}

async function reloadKeeping({ pidFile }: KeepalivedOptions): Promise<void> {
  const pid = await runningPid(pidFile);
  if (pid === null) throw new OperationError(`Cannot reload keepalived: no process of ${pidFile} runs`);
  await reloadKeepingServices(pid);
}

async function readVersion(options: KeepalivedOptions): Promise<string | null> {
  const { program = 'keepalived', netns, env } = options;
  const result = await execInNetns([program, '--version'], { netns, env, timeoutSeconds: TEST_SECONDS });
  return /Keepalived v(\d+\.\d+\.\d+)/.exec(result.stderr + result.stdout)?.[1] ?? null;
}
