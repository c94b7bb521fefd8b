import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBetweenGitCommands } from '../../src/host/git-lock.ts';
import { gitIn } from './git-in.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const never = new AbortController().signal;

test('the lock of a worktree is the one its .git file leads to', async (t) => {
  const directory = temporaryDirectory(t);
  const main = join(directory, 'main');
  mkdirSync(main);
  const git = gitIn(main);
  git('init', '-q');
  git('commit', '-qm', 'empty', '--allow-empty');
  git('worktree', 'add', '-q', join(directory, 'tree'));
  const lock = join(main, '.git', 'worktrees', 'tree', 'index.lock');
  writeFileSync(lock, '');
  const read = (path: string) => readBetweenGitCommands([path], async () => 'text', { timeoutMs: 100, signal: never });
  assert.deepEqual(await read(join(directory, 'tree', 'absent', 'web.lvs.yaml')), { value: 'text', lock });
  assert.deepEqual(await read(main), { value: 'text', lock: null });
});

test('what was read while a git command began is read again', async (t) => {
  const directory = temporaryDirectory(t);
  gitIn(directory)('init', '-q');
  const lock = join(directory, '.git', 'index.lock');
  let reads = 0;
  const read = async (): Promise<number> => {
    reads += 1;
    if (reads === 1) {
      writeFileSync(lock, '');
      setTimeout(() => rmSync(lock), 150);
    }
    return reads;
  };
  const result = await readBetweenGitCommands([directory], read, { timeoutMs: 5000, signal: never });
  assert.deepEqual(result, { value: 2, lock: null });
});

test('the wait for a lock ends when it is told to', async (t) => {
  const directory = temporaryDirectory(t);
  gitIn(directory)('init', '-q');
  writeFileSync(join(directory, '.git', 'index.lock'), '');
  const started = performance.now();
  const options = { timeoutMs: 60_000, signal: AbortSignal.timeout(100) };
  await readBetweenGitCommands([directory], async () => null, options);
  assert.ok(performance.now() - started < 5000);
});
