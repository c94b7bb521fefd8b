import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';

/** A process that prints what it hears; `stop` takes until it is killed, as a hung call would. */
async function startHearing(t: TestContext): Promise<{ child: ChildProcess; heard: () => Promise<string> }> {
  const source = `
    import { onSignals } from '../../src/host/signals.ts';
    const remove = onSignals({
      reload: () => console.log('reload'),
      stop: (signal) => console.log('stop ' + signal),
      kill: (code) => process.exit(code),
    });
    process.on('SIGUSR2', () => { remove(); console.log('removed'); });
    setInterval(() => {}, 1000);
    console.log('ready');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const heard = async (): Promise<string> => String((await once(child.stdout, 'data'))[0]).trim();
  assert.equal(await heard(), 'ready');
  return { child, heard };
}

for (const [first, second, code] of [
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGINT', 'SIGINT', 130],
  ['SIGTERM', 'SIGINT', 130],
] as const) {
  test(`${first} asks for an orderly stop, and ${second} after it ends the process at once with ${code}`, async (t) => {
    const { child, heard } = await startHearing(t);
    child.kill(first);
    assert.equal(await heard(), `stop ${first}`);
    assert.equal(child.exitCode, null);
    child.kill(second);
    assert.deepEqual(await once(child, 'exit'), [code, null]);
  });
}

test('SIGHUP reloads, as often as it comes, and SIGPIPE does nothing', async (t) => {
  const { child, heard } = await startHearing(t);
  for (let n = 0; n < 2; n += 1) {
    child.kill('SIGPIPE');
    child.kill('SIGHUP');
    assert.equal(await heard(), 'reload');
  }
  assert.equal(child.exitCode, null);
});

test('once the handlers are removed, a signal has its usual effect', async (t) => {
  const { child, heard } = await startHearing(t);
  child.kill('SIGUSR2');
  assert.equal(await heard(), 'removed');
  child.kill('SIGHUP');
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGHUP']);
});

test('but for SIGPIPE, since the last lines of a log may have no reader', async (t) => {
  const { child, heard } = await startHearing(t);
  child.kill('SIGUSR2');
  assert.equal(await heard(), 'removed');
  child.kill('SIGPIPE');
  child.kill('SIGUSR2');
  assert.equal(await heard(), 'removed');
});
