import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askHere, leavingNothing } from './asking.ts';
import { answering } from './datagrams.ts';
import { askElsewhere } from './elsewhere.ts';
import { assertDown } from './letdowns.ts';

const PROBE = { kind: 'udp', payload: '0102', reply: null } as const;

/** Answers as the bytes say that it gets; nothing to others. */
const REPLIES: Readonly<Record<string, string>> = { '0102': '0a0b0c', '': 'ee' };

const ASKED = [
  { payload: '0102', reply: '0a0b0c', detail: 'replied' },
  { payload: '0102', reply: '0a', detail: 'replied' },
  { payload: '0102', reply: '0axxxc', detail: 'replied' },
  { payload: null, reply: 'ee', detail: 'replied' },
  { payload: '0102', reply: null, detail: 'replied' },
  { payload: '99', reply: null, detail: 'not refused' },
  { payload: '0102', reply: '0b', detail: /^the reply begins with 0a, wanted 0b$/ },
  { payload: '0102', reply: '0axx0d', detail: /^the reply begins with 0a0b0c, wanted 0axx0d$/ },
  { payload: '0102', reply: '0a0b0c0d', detail: /^the reply begins with 0a0b0c, wanted 0a0b0c0d$/ },
  { payload: '99', reply: '0a', timeoutSeconds: 0.2, detail: /^no answer in 200ms$/ },
  { payload: '0102', reply: null, port: 1, detail: /^connection refused$/ },
  { payload: '0102', reply: '0a', port: 1, detail: /^connection refused$/ },
] as const;

for (const { detail, payload, reply, ...asking } of ASKED)
  test(`${JSON.stringify({ payload, reply, ...asking })} is ${typeof detail === 'string' ? 'well' : 'down'}`, async (t) => {
    const port = await answering(t, (socket, message, { port: from }) => {
      const bytes = REPLIES[message.toString('hex')];
      if (bytes !== undefined) socket.send(Buffer.from(bytes, 'hex'), from);
    });
    const answer = await askHere({ kind: 'udp', payload, reply }, { port, ...asking });
    if (typeof detail === 'string') assert.deepEqual(answer, { ok: true, detail, weight: null });
    else assertDown(answer, detail);
  });

test('a question is sent from its source, by IPv6 too', async (t) => {
  const from = new Promise((done) => {
    const port = answering(t, (_socket, _message, { address }) => done(address));
    void port.then((to) => askHere(PROBE, { port: to, source: '127.0.0.9' }));
  });
  assert.equal(await from, '127.0.0.9');
  assertDown(await askHere(PROBE, { port: 1, address: '::1', source: '::1' }), /^connection refused$/);
  await assert.rejects(askHere(PROBE, { source: '198.51.100.7' }), {
    name: 'OperationError',
    message: 'This host cannot ask from 198.51.100.7: address not available',
  });
});

test('a server that cannot be reached is down, though no reply is wanted', () => {
  assertDown(askElsewhere('true', PROBE, { address: '192.0.2.9' }), /^network is unreachable$/);
});

test('a refusal that came while this process was busy is one', async () => {
  const answer = askHere(PROBE, { port: 1 });
  // It has sent by then, and waits half a second for a refusal.
  await new Promise((done) => setImmediate(done));
  for (const end = performance.now() + 1500; performance.now() < end; );
  assertDown(await answer, /^connection refused$/);
});

test('200 questions at once to ports that are silent or refuse leave nothing open', async (t) => {
  const silent = await answering(t, () => undefined);
  await leavingNothing(async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        index % 2 === 0 ? askHere(PROBE, { port: silent }) : askHere({ ...PROBE, reply: '0a' }, { port: 1 }),
      ),
    );
    assert.deepEqual(
      new Set(answers.map(({ detail }, index) => `${index % 2}: ${detail}`)),
      new Set(['0: not refused', '1: connection refused']),
    );
  });
});
