import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, OperationError } from '../errors.ts';
import { namespaceInode } from './namespace.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** Who writes the table now. */
export interface LockHolder {
  readonly pid: number;
  /** The verb: `apply`, `watch`. */
  readonly command: string;
  /** ISO time. */
  readonly since: string;
}

export interface Lock {
  /**
   * Hand it to the processes that write the table (as descriptor 3): the lock is then free only when they are gone
   * too, and not while an ipvsadm whose parent was killed still works off its input.
   */
  readonly fd: number;
  release(): Promise<void>;
}

export interface LockOptions extends HoldOptions {
  readonly runtimeDirectory: string;
  /** A name below /run/netns; without it, the namespace we are in. */
  readonly netns?: string;
}

export interface HoldOptions {
  /** The verb, for those who have to wait. */
  readonly command: string;
  /** How long to wait for another one; 0: not at all. */
  readonly timeoutSeconds: number;
  /** Told once, when there is somebody to wait for. */
  readonly onWait?: (holder: LockHolder | null) => void;
  /** The flock(1) of util-linux. Default: the one on PATH. */
  readonly flock?: string;
}

// sysexits(3) EX_TEMPFAIL: flock's own failures have other codes, so that "held" is never a guess.
const HELD = 75;

/** Makes us the only writer of one network namespace's table. */
export async function acquireLock(options: LockOptions): Promise<Lock> {
  const path = join(options.runtimeDirectory, `lock-${namespaceInode(options.netns)}`);
  return holdFile(path, options, (holder) => lockedError(path, { holder, timeoutSeconds: options.timeoutSeconds }));
}

/**
 * Holds a file that others of our kind want too. The lock is a flock(2): it belongs to the open file and not to a
 * process, so flock(1) takes it for us on the descriptor it inherits, and it goes away with us, kill -9 included. That
 * inherited descriptor is also why this does not go through exec.ts.
 */
export async function holdFile(
  path: string,
  options: HoldOptions,
  heldError: (holder: LockHolder | null) => OperationError,
): Promise<Lock> {
  const fd = openLockFile(path);
  try {
    if (!(await takeLock(fd, path, options))) throw heldError(readHolder(path));
    writeHolder(fd, options.command);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  let isHeld = true;
  const release = async () => {
    // Once only: after that the descriptor may be another file's.
    if (isHeld) releaseLock(fd);
    isHeld = false;
  };
  return { fd, release };
}

/** The file stays: whoever waits has it open, and would hold a lock on a name that is gone. */
function releaseLock(fd: number): void {
  ftruncateSync(fd);
  closeSync(fd);
}

async function takeLock(fd: number, path: string, options: HoldOptions): Promise<boolean> {
  const flock = options.flock ?? 'flock';
  if (await runFlock(flock, ['-n'], fd)) return true;
  if (options.timeoutSeconds <= 0) return false;
  options.onWait?.(readHolder(path));
  return await runFlock(flock, ['-w', String(options.timeoutSeconds)], fd);
}

function runFlock(flock: string, wait: readonly string[], fd: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const args = ['-x', '-E', String(HELD), ...wait, '3'];
    const child = spawn(flock, args, { stdio: ['ignore', 'ignore', 'pipe', fd] });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => reject(flockError(describeSystemError(error), error)));
    child.on('close', (code, signal) => {
      if (code === 0 || code === HELD) resolve(code === 0);
      else reject(flockError(stderr.trim() || `it ended with ${signal ?? `status ${code}`}`));
    });
  });
}

function flockError(reason: string, cause?: unknown): OperationError {
  return new OperationError(`Cannot run flock, which keeps lvsctl the only writer: ${reason}`, {
    hints: ['It must be on PATH and the one of util-linux; that of busybox cannot wait.'],
    cause,
  });
}

/** Opened for append, since for "w" the holder's name would be gone before we are sure of the lock. */
function openLockFile(path: string): number {
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o750 });
    return openSync(path, 'a+', 0o640);
  } catch (error) {
    throw new OperationError(`Cannot open the lock ${path}: ${describeSystemError(error)}`, {
      hints: ['Run as root, or point LVSCTL_RUNTIME_DIR at a directory that all writers of this table share.'],
      cause: error,
    });
  }
}

/** Only for the message others get, so a full disk must not stop us. */
function writeHolder(fd: number, command: string): void {
  const holder: LockHolder = { pid: process.pid, command, since: new Date().toISOString() };
  ftruncateSync(fd);
  try {
    writeSync(fd, `${JSON.stringify(holder)}\n`);
  } catch {}
}

/** Null where the holder has not written its name. */
function readHolder(path: string): LockHolder | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<LockHolder>;
    const { pid, command, since } = value;
    return pid === undefined || command === undefined || since === undefined ? null : { pid, command, since };
  } catch {
    return null;
  }
}

function lockedError(
  path: string,
  { holder, timeoutSeconds }: { holder: LockHolder | null; timeoutSeconds: number },
): OperationError {
  const waited = timeoutSeconds > 0 ? `; waited ${timeoutSeconds}s` : '';
  const gone = holder !== null && !isAlive(holder.pid);
  return new OperationError(`Another lvsctl${holder ? describeHolder(holder) : ''} is writing this table${waited}`, {
    exitCode: EXIT.refused,
    hints: [
      gone
        ? `Process ${holder.pid} is gone, but one it started still holds ${path}: "fuser -v ${path}" shows it.`
        : 'Wait for it, or give it more time with --lock-timeout.',
    ],
  });
}

/** ` (pid 4711, watch, since 03:04:05Z)` */
export function describeHolder(holder: LockHolder): string {
  return ` (pid ${holder.pid}, ${holder.command}, since ${holder.since.slice(11, 19)}Z)`;
}

/** Signal 0 only asks (kill(2)); EPERM means alive, and somebody else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}
