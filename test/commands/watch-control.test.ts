import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { EXIT } from '../../src/errors.ts';
import { askSocket } from '../../src/host/control-client.ts';
import { acquireLock } from '../../src/host/lock.ts';
import { succeeded, type WatchedHost, watchedHost } from './watched-host.ts';

const SPEC = `version: 1
services:
  web:
    vip: 203.0.113.10
    port: 80
    scheduler: rr
    forwarding: nat
    check: none
    servers: { web-1: 10.0.0.1, web-2: 10.0.0.2, web-3: 10.0.0.3 }
`;

function socketOf({ directory }: WatchedHost): string {
  const name = readdirSync(join(directory, 'run')).find((each) => /^control-\d+\.sock$/.test(each));
  assert.ok(name);
  return join(directory, 'run', name);
}

test('a second daemon says who is there and ends with 4; one that died makes room', async (t) => {
  const host = await watchedHost(t, SPEC);
  const first = host.watch();
  await first.hear({ event: 'start' });
  const second = host.watch();
  assert.equal(await second.ended, EXIT.refused);
  assert.match(second.output.stderr, new RegExp(`Another lvsctl watch \\(pid ${first.child.pid}, watch, since`));
  first.child.kill('SIGKILL');
  await first.ended;
  const third = host.watch();
  await third.hear({ event: 'reconcile' });
  succeeded(await host.lvsctl('reload'));
  third.child.kill('SIGTERM');
  assert.equal(await third.ended, 0);
  assert.deepEqual(
    readdirSync(join(host.directory, 'run')).filter((name) => name.endsWith('.sock')),
    [],
  );
});

test('LVSCTL_SOCKET moves the socket, for the daemon and for those who ask', async (t) => {
  const host = await watchedHost(t, SPEC);
  const place = { LVSCTL_SOCKET: join(host.directory, 'elsewhere.sock') };
  const moved = { ...host, env: { ...host.env, ...place } };
  Object.assign(host.env, place);
  const watcher = moved.watch('--mode', 'enforce');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  succeeded(await host.lvsctl('drain web/web-2'));
  assert.equal(watcher.count({ event: 'override', result: 'set' }), 1);
  assert.equal((await host.lvsctl('reload', { LVSCTL_SOCKET: '' })).exitCode, EXIT.failed);
});

const GARBAGE: readonly (readonly [line: string, message: RegExp])[] = [
  ['', /cannot be read: it is not JSON/],
  ['hello', /cannot be read: it is not JSON/],
  ['[]', /the request is not an object/],
  ['{"request":"ping"}', /its version is undefined, this lvsctl reads 1/],
  ['{"version":2,"request":"ping"}', /its version is 2, this lvsctl reads 1/],
  ['{"version":1}', /\\"request\\" is not a text/],
  ['{"version":1,"request":"pong"}', /There is no request \\"pong\\".*ping, status, reload, overrides, override-set/],
  ['{"version":1,"request":"toString"}', /There is no request/],
  ['{"version":1,"request":"override-set","body":{"target":"web/web-1"}}', /\\"action\\" is not an object/],
  [
    '{"version":1,"request":"override-set","body":{"target":"web","action":{"kind":"drain"}}}',
    /\\"target\\" is neither/,
  ],
  ['{"version":1,"request":"override-end","body":{"subject":"o1","verb":"stop"}}', /\\"verb\\" is neither/],
  ['{"version":1,"request":"reload","body":{"wait":"yes"}}', /\\"wait\\" is neither true nor false/],
];

test('what is no request is told, and the daemon goes on', async (t) => {
  const host = await watchedHost(t, SPEC);
  const watcher = host.watch('--mode', 'enforce');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  const ask = (line: string) => askSocket(socketOf(host), { line: `${line}\n`, timeoutSeconds: 20 });
  for (const [line, message] of GARBAGE) assert.match((await ask(line)) ?? '', message, line);
  const pong = { version: 1, answer: { pid: watcher.child.pid, version: '0.1.0' } };
  assert.deepEqual(JSON.parse((await ask('{"version":1,"request":"ping"}')) ?? ''), pong);
  const answers = await Promise.all(Array.from({ length: 100 }, () => ask('{"version":1,"request":"overrides"}')));
  assert.deepEqual(new Set(answers), new Set(['{"version":1,"answer":[]}\n']));
  assert.equal(host.weights(), '1 1 1');
  assert.equal(watcher.count({ level: 'error' }), 0);
});

test('a decision can be written by hand, with what it needs and no more', async (t) => {
  const host = await watchedHost(t, SPEC);
  const watcher = host.watch('--mode', 'enforce');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  const body = { target: 'web/web-2', action: { kind: 'drain' }, author: 'deploy' };
  const line = `${JSON.stringify({ version: 1, request: 'override-set', body })}\n`;
  assert.match((await askSocket(socketOf(host), { line, timeoutSeconds: 20 })) ?? '', /"kind":"set"/);
  assert.equal(host.weights(), '1 0 1');
});

test('reload', async (t) => {
  const host = await watchedHost(t, SPEC);
  const nobody = await host.lvsctl('reload --wait');
  assert.equal(nobody.exitCode, EXIT.failed);
  assert.match(nobody.stderr, /No lvsctl watch answers at .*control-.*\n.*lvsctl watch --mode enforce\n.*lvsctl apply/);
  const watcher = host.watch('--mode', 'enforce', '--interval', '1h', '--lock-timeout', '3s');
  await watcher.hear({ event: 'reconcile', result: 'changed' });
  const reload = async (spec: string, words = 'reload --wait') => {
    host.write(spec);
    return host.lvsctl(words);
  };

  await t.test('--wait returns when the spec was reconciled', async () => {
    const run = await reload(SPEC.replace('10.0.0.3', '{ address: 10.0.0.3, weight: 5 }'));
    assert.equal(host.weights(), '1 1 5');
    assert.match(run.stderr, /^(Applied spec|In sync with spec) [0-9a-f]{12}\.$/m);
    assert.equal(run.exitCode, EXIT.done);
  });

  await t.test('a spec with errors is 3, and they are told', async () => {
    const run = await reload(SPEC.replace('scheduler: rr', 'scheduler: rrr'));
    assert.equal(run.exitCode, EXIT.findings);
    assert.match(run.stderr, /web\.lvs\.yaml:6: .*rrr/);
    assert.equal((await host.lvsctl('reload --wait')).exitCode, EXIT.findings, 'and so it stays while it has them');
  });

  await t.test('one that a guard refuses is 4, with what says that it is meant', async () => {
    const run = await reload(SPEC.replace(', web-2: 10.0.0.2, web-3: 10.0.0.3', ''));
    assert.equal(run.exitCode, EXIT.refused);
    assert.match(run.stderr, /would lose 2 of 3 real servers .*guard max-remove.*--max-remove/);
    assert.equal(host.weights(), '1 1 5');
  });

  await t.test('without --wait it is asked, and 0', async () => {
    const run = await reload(SPEC, 'reload');
    assert.equal(run.exitCode, EXIT.done);
    assert.match(run.stderr, /^Asked/);
    await watcher.hear({ event: 'reconcile', result: 'changed' }, 3);
    assert.equal(host.weights(), '1 1 1');
  });

  await t.test('when time is over it is 5', async () => {
    const lock = await acquireLock({
      ...{ runtimeDirectory: join(host.directory, 'run'), command: 'apply', timeoutSeconds: 10 },
    });
    const run = await reload(SPEC.replace('10.0.0.3', '{ address: 10.0.0.3, weight: 7 }'), 'reload --wait 1s');
    await lock.release();
    assert.equal(run.exitCode, EXIT.timedOut, run.stderr);
  });
});
