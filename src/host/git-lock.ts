import { access, readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 50;

export interface GitLockOptions {
  /** How long a lock is waited for. One that a killed git left behind stays for ever. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/**
 * Reads what is at some paths while no git command rewrites it: checkout, merge and pull hold `index.lock` of the
 * repository while they do (gitglossary(7), "index"). `lock` is one that was still there when the time was over.
 */
export async function readBetweenGitCommands<T>(
  paths: readonly string[],
  read: () => Promise<T>,
  options: GitLockOptions,
): Promise<{ readonly value: T; readonly lock: string | null }> {
  for (;;) {
    const lock = await waitForLock(await gitLocks(paths), options);
    const value = await read();
    if (lock !== null || options.signal.aborted) return { value, lock };
    // A command that began while we read may have shown us a part of the old files and a part of the new ones.
    if ((await firstThere(await gitLocks(paths))) === null) return { value, lock };
  }
}

async function waitForLock(locks: readonly string[], { timeoutMs, signal }: GitLockOptions): Promise<string | null> {
  for (let waited = 0; ; waited += LOOK_AGAIN_MS) {
    const held = await firstThere(locks);
    if (held === null || waited >= timeoutMs || signal.aborted) return held;
    await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The lock files of the repositories that the paths are in. */
async function gitLocks(paths: readonly string[]): Promise<readonly string[]> {
  const directories = await Promise.all(paths.map(gitDirectory));
  return [...new Set(directories.filter((directory) => directory !== null))].map((found) => join(found, 'index.lock'));
}

async function gitDirectory(path: string): Promise<string | null> {
  let directory = await realpath(path).catch(() => resolve(path));
  for (;;) {
    const candidate = join(directory, '.git');
    if (await exists(candidate)) return await followGitFile(candidate);
    const parent = dirname(directory);
    if (parent === directory) return null;
    directory = parent;
  }
}

/** In a worktree or a submodule, `.git` is a file that names the directory (gitrepository-layout(5)). */
async function followGitFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const named = /^gitdir: (.+)$/m.exec(text)?.[1];
  return named === undefined ? path : resolve(dirname(path), named);
}

async function firstThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await exists(path)) return path;
  return null;
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
