import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { decode, encode, type Packet, streamEncode, TRUNCATED_RESPONSE } from 'dns-packet';
import type { Probe } from '../../../src/model/check.ts';
import { askHere, leavingNothing } from './asking.ts';
import { answering } from './datagrams.ts';
import { assertDown, testLetdowns } from './letdowns.ts';
import { type Running, running } from './running.ts';

type Dns = Extract<Probe, { kind: 'dns' }>;

const PROBE: Dns = {
  kind: 'dns',
  name: 'www.example.com',
  type: 'A',
  transport: 'udp',
  rcode: 'NOERROR',
  answer: null,
};

/** A real server that knows a few names below example.com, has nobody to ask for others, and is master of example.net. */
function dnsmasq(t: TestContext): Promise<Running> {
  const alone = [
    '--no-daemon',
    '--no-resolv',
    '--no-hosts',
    '--conf-file=/dev/null',
    '--pid-file=',
    '--user=',
    '--group=',
  ];
  const records = [
    ...['--host-record=www.example.com,192.0.2.80,2001:db8::80', '--cname=web.example.com,www.example.com'],
    ...['--mx-host=example.com,mail.example.com,10', '--txt-record=example.com,V=spf1 -all', '--local=/example.com/'],
    ...['--auth-server=ns.example.net,127.0.0.7', '--auth-zone=example.net', '--auth-soa=7,root.example.net,1,2,3'],
  ];
  const addresses = ['--listen-address=127.0.0.1,127.0.0.7', '--bind-interfaces'];
  return running(t, {
    command: (port) => ['dnsmasq', ...alone, ...addresses, `--port=${port}`, ...records],
    isReady: async (port) => (await askHere({ ...PROBE, transport: 'tcp' }, { port })).ok,
  });
}

const MASTER = { name: 'example.net', address: '127.0.0.7' };

const ASKED: readonly (Partial<Dns> & { readonly address?: string; readonly detail: string | RegExp })[] = [
  { detail: 'NOERROR, 1 record' },
  { transport: 'tcp', detail: 'NOERROR, 1 record' },
  { answer: '192.0.2.80', detail: 'NOERROR, 1 record' },
  { answer: '192.0.2.81', detail: /^no record 192\.0\.2\.81 in the answer$/ },
  { transport: 'tcp', answer: '192.0.2.81', detail: /^no record 192\.0\.2\.81 in the answer$/ },
  { type: 'AAAA', answer: '2001:DB8:0::80', detail: 'NOERROR, 1 record' },
  { name: 'web.example.com', answer: 'WWW.example.com.', detail: 'NOERROR, 2 records' },
  { name: 'web.example.com', answer: '192.0.2.80', detail: 'NOERROR, 2 records' },
  { name: 'example.com', type: 'MX', answer: '10 mail.example.com', detail: 'NOERROR, 1 record' },
  { name: 'example.com', type: 'MX', answer: '20 mail.example.com', detail: /^no record 20 mail/ },
  { name: 'example.com', type: 'TXT', answer: '"V=spf1 -all"', detail: 'NOERROR, 1 record' },
  { name: 'example.com', type: 'TXT', answer: 'v=spf1 -all', detail: /^no record v=spf1/ },
  { ...MASTER, type: 'NS', answer: 'ns.example.net', detail: 'NOERROR, 1 record' },
  { ...MASTER, type: 'SOA', answer: 'ns.example.net. root.example.net. 7 1 2 3 600', detail: 'NOERROR, 1 record' },
  { name: 'nobody.example.com', detail: /^NXDOMAIN, wanted NOERROR$/ },
  { name: 'nobody.example.com', rcode: 'NXDOMAIN', detail: 'NXDOMAIN, 0 records' },
  { rcode: 'NXDOMAIN', detail: /^NOERROR, wanted NXDOMAIN$/ },
  { name: '.', type: 'SOA', detail: /^REFUSED, wanted NOERROR$/ },
];

test('a real server is judged by what it answers, and down when it is killed', async (t) => {
  const { port, kill } = await dnsmasq(t);
  for (const { address = '127.0.0.1', detail, ...asked } of ASKED)
    await t.test(JSON.stringify(asked), async () => {
      const answer = await askHere({ ...PROBE, ...asked }, { port, address });
      if (typeof detail === 'string') assert.deepEqual(answer, { ok: true, detail, weight: null });
      else assertDown(answer, detail);
    });
  await kill();
  for (const transport of ['udp', 'tcp'] as const)
    assertDown(await askHere({ ...PROBE, transport }, { port }), /^connection refused$/);
});

/** The reply to a question. */
function replyTo(question: Buffer, { flags = 0, ...reply }: Packet = {}): Buffer {
  const { id = 0, questions } = decode(question);
  return encode({ type: 'response', id, questions, flags, ...reply });
}

const ADDRESS = { type: 'A', name: PROBE.name, data: '192.0.2.80' } as const;
const SERVFAIL = 2;

const REPLIES: readonly (readonly [
  what: string,
  reply: (question: Buffer) => Buffer[],
  answer: string | null,
  detail: string | RegExp,
])[] = [
  ['SERVFAIL', (question) => [replyTo(question, { flags: SERVFAIL })], null, /^SERVFAIL, wanted NOERROR$/],
  ['a code that has no name', (question) => [replyTo(question, { flags: 11 })], null, /^code 11, wanted NOERROR$/],
  ['a truncated reply', (question) => [replyTo(question, { flags: TRUNCATED_RESPONSE })], null, 'NOERROR, 0 records'],
  [
    'a truncated reply without the record',
    (question) => [replyTo(question, { flags: TRUNCATED_RESPONSE })],
    '192.0.2.80',
    /^the answer is too long for a datagram: ask by tcp$/,
  ],
  [
    'the reply to another question',
    (question) => [replyTo(question, { id: (decode(question).id ?? 0) ^ 1 })],
    null,
    /^no answer in 300ms$/,
  ],
  ['garbage', () => [Buffer.from('SSH-2.0-Nonsense\r\n')], null, /^no answer in 300ms$/],
  ['the question itself', (question) => [question], null, /^no answer in 300ms$/],
  [
    'half a reply',
    (question) => [replyTo(question, { answers: [ADDRESS] }).subarray(0, -5)],
    null,
    /^no answer in 300ms$/,
  ],
  ['nothing', () => [], null, /^no answer in 300ms$/],
  [
    'garbage before the right reply',
    (question) => [Buffer.of(1, 2, 3), replyTo(question, { answers: [ADDRESS] })],
    '192.0.2.80',
    'NOERROR, 1 record',
  ],
];

for (const [what, reply, answer, detail] of REPLIES)
  test(`a server that sends ${what} is ${typeof detail === 'string' ? 'well' : 'down'}`, async (t) => {
    const port = await answering(t, (socket, question, { port: from }) => {
      for (const datagram of reply(question)) socket.send(datagram, from);
    });
    const timing = String(detail).includes('300ms') ? { timeoutSeconds: 0.3 } : {};
    const found = await askHere({ ...PROBE, answer }, { port, ...timing });
    if (typeof detail === 'string') assert.deepEqual(found, { ok: true, detail, weight: null });
    else assertDown(found, detail);
  });

test('a reply from another port is none', async (t) => {
  const stranger = createSocket('udp4');
  t.after(() => stranger.close());
  const port = await answering(t, (_, question, { port: from }) => stranger.send(replyTo(question), from, '127.0.0.1'));
  assertDown(await askHere(PROBE, { port, timeoutSeconds: 0.3 }), /^no answer in 300ms$/);
});

test('200 datagrams at once to servers that are well, silent or gone leave nothing open', async (t) => {
  const well = await answering(t, (socket, question, { port }) => socket.send(replyTo(question), port));
  const servers = [{ port: well }, { port: await answering(t, () => undefined), timeoutSeconds: 0.5 }, { port: 1 }];
  await leavingNothing(async () => {
    const questions = Array.from({ length: 200 }, (_, index) => servers[index % servers.length]);
    const answers = await Promise.all(questions.map((server) => askHere(PROBE, server)));
    assert.deepEqual(
      new Set(answers.map(({ detail }, index) => `${index % servers.length}: ${detail}`)),
      new Set(['0: NOERROR, 0 records', '1: no answer in 500ms', '2: connection refused']),
    );
  });
});

test('a datagram that nobody waits for any more leaves nothing open', async (t) => {
  const stop = new AbortController();
  const port = await answering(t, () => stop.abort());
  await leavingNothing(async () => {
    assertDown(await askHere(PROBE, { port, surroundings: { signal: stop.signal } }), /^nobody waits/);
  });
});

testLetdowns({
  probe: { ...PROBE, transport: 'tcp' },
  healthy: () =>
    createServer((socket) => {
      socket.once('data', (bytes: Buffer) => {
        const { id = 0, questions } = decode(bytes.subarray(2));
        socket.end(streamEncode({ type: 'response', id, questions }));
      });
    }),
  answer: streamEncode({ type: 'response', id: 7, questions: [{ type: 'A', name: PROBE.name }], answers: [ADDRESS] }),
  garbage: /^the connection was closed|^what came is no answer/,
});
