import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { OperationError } from '../../../src/errors.ts';
import { ask } from '../../../src/host/probes/ask.ts';
import { askHere, eventually, leavingNothing, listening, questionOf, SURROUNDINGS } from './asking.ts';
import { askElsewhere } from './elsewhere.ts';
import { assertDown } from './letdowns.ts';

const probe = { kind: 'tcp' } as const;
const CONNECTED = { ok: true, detail: 'connected', weight: null };

for (const address of ['127.0.0.1', '::1'])
  test(`a server that takes connections to ${address} is well, though it says nothing`, async (t) => {
    const port = await listening(t, createServer(), address);
    assert.deepEqual(await askHere(probe, { port, address }), CONNECTED);
    assertDown(await askHere(probe, { port: 1, address }), /^connection refused$/);
  });

test('the address and port of the check come before those of the server', async (t) => {
  const port = await listening(t, createServer(), '127.0.0.3');
  const question = questionOf(probe, { port: 1, address: '::1' });
  const check = { ...question.check, address: { family: 'ipv4', text: '127.0.0.3' }, port } as const;
  assert.deepEqual(await ask({ ...question, check }, SURROUNDINGS), CONNECTED);
});

test('a question is sent from its source', async (t) => {
  const server = createServer();
  const from = once(server, 'connection').then(([socket]: Socket[]) => socket?.remoteAddress);
  const port = await listening(t, server);
  assert.deepEqual(await askHere(probe, { port, source: '127.0.0.9' }), CONNECTED);
  assert.equal(await from, '127.0.0.9');
});

test('a source that this host does not have says nothing of the server', async (t) => {
  const port = await listening(t, createServer());
  await assert.rejects(askHere(probe, { port, source: '198.51.100.7' }), (error) => {
    assert.ok(error instanceof OperationError);
    assert.equal(error.message, 'This host cannot ask from 198.51.100.7: address not available');
    return true;
  });
});

const UNREACHABLE = [
  ['no route', 'true', /^network is unreachable$/],
  ['a router that says so', 'ip link set lo up; ip route add unreachable 192.0.2.9', /^host is unreachable$/],
] as const;

for (const [what, setup, detail] of UNREACHABLE)
  test(`a server behind ${what} is down`, () => {
    assertDown(askElsewhere(setup, probe, { address: '192.0.2.9' }), detail);
  });

test('a server that takes no more connections is down', async (t) => {
  const port = await overrun(t);
  assertDown(await askHere(probe, { port, timeoutSeconds: 0.3 }), /^no connection in 300ms$/);
});

/** The kernel drops what comes to a process that hangs once its queue, here of one or two connections, is full. */
async function overrun(t: TestContext): Promise<number> {
  const program = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  child.kill('SIGSTOP');
  const waiting = Array.from({ length: 3 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  t.after(() => waiting.map((socket) => socket.destroy()));
  await eventually('the queue is full', () => waiting.filter(({ connecting }) => !connecting).length >= 2);
  return port;
}

test('500 questions at once leave nothing open', async (t) => {
  const port = await listening(t, createServer());
  await leavingNothing(async () => {
    const ports = Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? port : 1));
    const answers = await Promise.all(ports.map((each) => askHere(probe, { port: each })));
    assert.deepEqual(
      answers.map(({ ok }) => ok),
      ports.map((each) => each === port),
    );
  });
});
