import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startDetached } from '../../src/host/start-detached.ts';
import { until } from '../lab/until.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const MODULE = join(import.meta.dirname, '../../src/host/start-detached.ts');

/** A process, in a group of its own as a shell would put it, that leaves another one behind and stays. */
function parentOf(directory: string, script: string) {
  const order = {
    command: ['sh', '-c', script],
    env: { PATH: process.env.PATH },
    cwd: directory,
    log: `${directory}/log`,
  };
  const code = `import { startDetached } from ${JSON.stringify(MODULE)};
    await startDetached(${JSON.stringify(order)});
    process.stdout.write('left');
    setInterval(() => undefined, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

for (const signal of ['SIGHUP', 'SIGKILL'] as const)
  test(`what was left behind goes on when ${signal} ends the process group that it came from`, async (t) => {
    const directory = temporaryDirectory(t);
    const parent = parentOf(directory, 'echo begun; while [ ! -e go ]; do sleep 0.1; done; echo done > result');
    await once(parent.stdout, 'data');
    process.kill(-(parent.pid ?? 0), signal);
    await once(parent, 'exit');
    await until(() => existsSync(`${directory}/log`) && readFileSync(`${directory}/log`, 'utf8') === 'begun\n');
    spawn('touch', [`${directory}/go`]);
    await until(() => existsSync(`${directory}/result`));
  });

test('it is the first of a session of its own, and has no terminal', async (t) => {
  const directory = temporaryDirectory(t);
  const log = join(directory, 'log');
  await startDetached({ command: ['ps', '-o', 'sid=,pid=,tty=', '-C', 'ps'], env: process.env, cwd: directory, log });
  await until(() => existsSync(log) && readFileSync(log, 'utf8').endsWith('\n'));
  const line = readFileSync(log, 'utf8')
    .split('\n')
    .map((text) => text.trim().split(/ +/))
    .find(([sid, pid]) => sid === pid);
  assert.equal(line?.[2], '?');
});

test('a program that is not there, and a log that cannot be written, are errors', async (t) => {
  const directory = temporaryDirectory(t);
  const rest = { env: process.env, cwd: directory };
  await assert.rejects(
    startDetached({ ...rest, command: [`${directory}/nothing`], log: `${directory}/log` }),
    /^OperationError: Cannot start .*nothing: no such file or directory$/,
  );
  await assert.rejects(startDetached({ ...rest, command: ['true'], log: directory }), /^OperationError: Cannot write /);
});
