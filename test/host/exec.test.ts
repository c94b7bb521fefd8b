import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exec } from '../../src/host/exec.ts';

const env = { PATH: process.env.PATH };

const ENDS = [
  {
    claim: 'output, input and exit code come back as they are',
    script: 'cat; echo bad >&2; exit 3',
    stdout: 'in\n',
    stderr: 'bad\n',
    exitCode: 3,
  },
  { claim: 'a signal has no exit code', script: 'echo part; kill -SEGV $$', stdout: 'part\n', signal: 'SIGSEGV' },
  { claim: 'error texts come in English', script: 'echo $LC_ALL$LANG', stdout: 'C\n', exitCode: 0 },
  { claim: 'input that is not read does no harm', script: 'exit 0', stdout: '', exitCode: 0 },
] as const;

for (const { claim, script, ...wanted } of ENDS) {
  test(claim, async () => {
    const result = await exec('sh', ['-c', script], { input: 'in\n', timeoutSeconds: 10, env });
    const { stdout, stderr, exitCode, signal, timedOut, failure } = result;
    const defaults = { stderr: '', exitCode: undefined, signal: undefined, timedOut: false, failure: undefined };
    assert.deepEqual({ stdout, stderr, exitCode, signal, timedOut, failure }, { ...defaults, ...wanted });
  });
}

test('a program that runs too long is ended together with what it started', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'exec-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'survived');
  const script = `echo part; (sleep 1; touch ${file}) & wait`;
  const result = await exec('sh', ['-c', script], { timeoutSeconds: 0.3, env });
  assert.deepEqual([result.timedOut, result.stdout, result.exitCode], [true, 'part\n', undefined]);
  await delay(1000);
  assert.equal(existsSync(file), false);
});

test('a program without a limit is ended by its signal, together with what it started', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'exec-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const [started, survived] = [join(directory, 'started'), join(directory, 'survived')];
  const script = `(sleep 1; touch ${survived}) & touch ${started}; wait`;
  const stop = new AbortController();
  const running = exec('sh', ['-c', script], { timeoutSeconds: Number.POSITIVE_INFINITY, signal: stop.signal, env });
  while (!existsSync(started)) await delay(10);
  stop.abort();
  const result = await running;
  assert.deepEqual([result.timedOut, result.exitCode, result.failure], [true, undefined, undefined]);
  await delay(1000);
  assert.equal(existsSync(survived), false);
});

test('output without end is cut off and the program ended', async () => {
  const result = await exec('sh', ['-c', 'yes'], { timeoutSeconds: 10, env, maxBuffer: 1000 });
  assert.deepEqual([result.stdout.length, result.exitCode, result.failure], [1000, undefined, 'too-long']);
});

test('output that is cut off is never a success, even when the program ends well', async () => {
  const result = await exec('sh', ['-c', 'trap "" PIPE; head -c 1001 /dev/zero; exit 0'], {
    timeoutSeconds: 10,
    env,
    maxBuffer: 1000,
  });
  assert.deepEqual([result.exitCode, result.failure], [undefined, 'too-long']);
});

test('a program that is not there, or not to be run, is a result and not an exception', async () => {
  const failures = ['/nowhere/tool', import.meta.filename].map((file) => exec(file, [], { timeoutSeconds: 10, env }));
  assert.deepEqual(
    (await Promise.all(failures)).map(({ failure }) => failure),
    ['missing', 'denied'],
  );
});
