import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EXIT, OperationError } from '../../src/errors.ts';
import { acquireLock, type LockHolder } from '../../src/host/lock.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { runUnprivileged } from './unprivileged.ts';

/** Another process that holds the lock until it is killed; `rest` runs with `lock` in its hands. */
async function startHolder(t: TestContext, runtimeDirectory: string, rest = ''): Promise<ChildProcess> {
  const source = `
    import { acquireLock } from '../../src/host/lock.ts';
    import { spawn } from 'node:child_process';
    const lock = await acquireLock({ runtimeDirectory: ${JSON.stringify(runtimeDirectory)}, command: 'watch', timeoutSeconds: 0 });
    ${rest}
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  assert.match(String((await once(child.stdout, 'data'))[0]), /locked/);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

test('a second writer is refused at once, and told who the first one is', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const holder = await startHolder(t, runtimeDirectory);
  await assert.rejects(
    acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 }),
    (error: OperationError) => {
      assert.equal(error.exitCode, EXIT.refused);
      assert.match(error.message, /^Another lvsctl \(pid (\d+), watch, since \d\d:\d\d:\d\dZ\) is writing this table$/);
      assert.ok(error.message.includes(`pid ${holder.pid},`));
      assert.match(error.hints.join(), /--lock-timeout/);
      return true;
    },
  );
});

test('a second writer waits as long as it was told, and says for whom', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const holder = await startHolder(t, runtimeDirectory);
  const waitedFor: (LockHolder | null)[] = [];
  const started = performance.now();
  const onWait = (who: LockHolder | null) => waitedFor.push(who);
  await assert.rejects(
    acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0.4, onWait }),
    /writing this table; waited 0\.4s$/,
  );
  assert.ok(performance.now() - started >= 390);
  assert.deepEqual(
    waitedFor.map((who) => [who?.pid, who?.command]),
    [[holder.pid, 'watch']],
  );
});

test('kill -9 of the holder frees the lock at once', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const holder = await startHolder(t, runtimeDirectory);
  const waiting = acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 20 });
  const started = performance.now();
  await kill(holder);
  const lock = await waiting;
  assert.ok(performance.now() - started < 2000);
  await lock.release();
});

test('the lock outlives its holder in a process that still writes for it', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const holder = await startHolder(
    t,
    runtimeDirectory,
    `spawn('sleep', ['1'], { stdio: ['ignore', 'ignore', 'ignore', lock.fd], detached: true });`,
  );
  await kill(holder);
  await assert.rejects(
    acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 }),
    (error: OperationError) => {
      assert.match(error.hints.join(), new RegExp(`Process ${holder.pid} is gone, but one it started still holds`));
      return true;
    },
  );
  await (await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 10 })).release();
});

test('a process that was not handed the lock does not keep it', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const lock = await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 });
  const other = spawn('sleep', ['30'], { stdio: 'ignore' });
  t.after(() => other.kill('SIGKILL'));
  await lock.release();
  await (await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 })).release();
});

test('the lock of one process excludes itself too, and can be taken again once released', async (t) => {
  const runtimeDirectory = join(temporaryDirectory(t), 'made', 'here');
  const first = await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 });
  await assert.rejects(acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 }), OperationError);
  await first.release();
  await (await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 })).release();
  assert.deepEqual(readdirSync(runtimeDirectory), [`lock-${statSync('/proc/self/ns/net').ino}`]);
});

test('a network namespace that does not exist is an error', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const acquire = acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0, netns: 'no-such-netns' });
  await assert.rejects(acquire, /There is no network namespace "no-such-netns"/);
});

test('without flock the error says what to install', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const acquire = acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0, flock: '/nonexistent/flock' });
  await assert.rejects(acquire, (error: OperationError) => {
    assert.match(error.message, /Cannot run flock.*no such file or directory/);
    assert.match(error.hints.join(), /util-linux/);
    return true;
  });
});

test('a flock that fails in its own way is not taken for a held lock', async (t) => {
  const runtimeDirectory = temporaryDirectory(t);
  const flock = join(runtimeDirectory, 'flock');
  writeFileSync(flock, '#!/bin/sh\necho "flock: unrecognized option: E" >&2\nexit 1\n');
  chmodSync(flock, 0o755);
  const acquire = acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0, flock });
  await assert.rejects(acquire, /Cannot run flock.*unrecognized option: E$/);
});

test('a runtime directory that may not be written is an error with a way out', (t) => {
  const parent = temporaryDirectory(t);
  chmodSync(parent, 0o755);
  mkdirSync(join(parent, 'run'), { mode: 0o555 });
  const printed = runUnprivileged(`
    import { acquireLock } from '../../src/host/lock.ts';
    const runtimeDirectory = ${JSON.stringify(join(parent, 'run'))};
    await acquireLock({ runtimeDirectory, command: 'apply', timeoutSeconds: 0 }).then(
      () => console.log('locked'), (error) => console.log(error.name, error.message, error.hints.join()));`);
  assert.match(printed, /OperationError Cannot open the lock .*permission denied .*LVSCTL_RUNTIME_DIR/);
});
