import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { type TestContext, test } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { askHere, eventually, listening } from './asking.ts';
import { assertDown, testLetdowns } from './letdowns.ts';

const probe = { kind: 'smtp', helo: 'lb1.example.com' } as const;

// Without its certificate, which everybody knows, as it would warn.
const PLAIN = { disableReverseLookup: true, disabledCommands: ['STARTTLS'], hideSTARTTLS: true };

function smtp(t: TestContext, options: SMTPServerOptions = {}): Promise<number> {
  const { server } = new SMTPServer({ name: 'mail.example.com', ...PLAIN, ...options });
  return listening(t, server);
}

test('a server that greets and takes HELO is well, and is left with QUIT', async (t) => {
  const said: string[] = [];
  const server = createServer((socket) => {
    socket.write('220-mail.example.com\r\n220 at your service\r\n');
    socket.setEncoding('utf8').on('data', (line: string) => {
      said.push(line);
      socket.write('250-mail.example.com\r\n250 greets you\r\n');
    });
  });
  const answer = await askHere(probe, { port: await listening(t, server) });
  assert.deepEqual(answer, { ok: true, detail: '220-mail.example.com', weight: null });
  await eventually('it was told goodbye', () => said.length === 2);
  assert.deepEqual(said, ['HELO lb1.example.com\r\n', 'QUIT\r\n']);
});

for (const [helo, name] of [
  ['lb1.example.com', 'lb1.example.com'],
  [null, hostname()],
] as const)
  test(`HELO with ${helo ?? 'the name of this host'} is taken by a real server`, async (t) => {
    const names: string[] = [];
    const onClose: SMTPServerOptions['onClose'] = ({ hostNameAppearsAs }) => {
      names.push(String(hostNameAppearsAs));
    };
    const answer = await askHere({ kind: 'smtp', helo }, { port: await smtp(t, { onClose }) });
    assert.deepEqual(answer, { ok: true, detail: '220 mail.example.com ESMTP', weight: null });
    await eventually('the session is over', () => names.length > 0);
    assert.deepEqual(names, [name]);
  });

test('a server that has too many clients is down, with its own words', async (t) => {
  const port = await smtp(t, { maxClients: -1 });
  assertDown(await askHere(probe, { port }), /^greeting: 421 mail\.example\.com Too many connected clients/);
});

test('a server that refuses HELO is down, with its own words', async (t) => {
  const refusing = createServer((socket) => {
    socket.once('data', () => socket.end('550 who are\x1b[31m you\r\n')).write('220 mail ESMTP\r\n');
  });
  assertDown(await askHere(probe, { port: await listening(t, refusing) }), /^HELO: 550 who are\?\[31m you$/);
});

test('a server that closes right after its greeting is down', async (t) => {
  const closing = createServer((socket) => socket.resume().end('220 mail ESMTP\r\n'));
  const port = await listening(t, closing);
  for (let round = 0; round < 20; round++) assertDown(await askHere(probe, { port }), /closed|reset|broken pipe/);
});

testLetdowns({
  probe,
  healthy: () => new SMTPServer(PLAIN).server,
  answer: '220-mail.example.com ESMTP\r\n220 at your service\r\n',
  garbage: /^greeting: SSH-2\.0/,
});
