import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere, listening } from './asking.ts';
import { assertDown, testLetdowns } from './letdowns.ts';
import { type Running, running } from './running.ts';

const probe = { kind: 'redis' } as const;

/** Debian's server is the same program as its checker of dumps, which comes without a service that starts by itself. */
function redis(t: TestContext, ...options: readonly string[]): Promise<Running> {
  const common = ['--bind', '127.0.0.1', '--dir', temporaryDirectory(t), '--save', '', '--appendonly', 'no'];
  return running(t, {
    name: 'redis-server',
    command: (port) => ['redis-check-rdb', '--port', String(port), ...common, ...options],
    isReady: async (port) => !/refused/.test((await askHere(probe, { port })).detail),
  });
}

test('redis is well until it is killed', async (t) => {
  const { port, kill } = await redis(t);
  assert.deepEqual(await askHere(probe, { port }), { ok: true, detail: 'PONG', weight: null });
  await kill();
  assertDown(await askHere(probe, { port }), /^connection refused$/);
});

test('redis that wants a password is well', async (t) => {
  const { port } = await redis(t, '--requirepass', 'secret');
  assert.deepEqual(await askHere(probe, { port }), { ok: true, detail: 'it asks for a password', weight: null });
});

test('redis that lost its master, and is not to serve without it, is down', async (t) => {
  const { port } = await redis(t, '--replicaof', '127.0.0.1', '1', '--replica-serve-stale-data', 'no');
  assertDown(await askHere(probe, { port }), /^MASTERDOWN Link with MASTER is down/);
});

test('redis that still loads its data is down', async (t) => {
  const loading = createServer((socket) => socket.once('data', () => socket.end('-LOADING Redis is loading\r\n')));
  assertDown(await askHere(probe, { port: await listening(t, loading) }), /^LOADING Redis is loading$/);
});

testLetdowns({
  probe,
  healthy: () => createServer((socket) => socket.once('data', () => socket.end('+PONG\r\n'))),
  answer: '+PONG\r\n',
  garbage: /^SSH-2\.0/,
});
