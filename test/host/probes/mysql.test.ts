import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { test } from 'node:test';
import { createServer as createMysqlServer } from 'mysql2';
import { askHere, eventually, listening } from './asking.ts';
import { assertDown, testLetdowns } from './letdowns.ts';

const probe = { kind: 'mysql' } as const;

/** The server of mysql2, which lets nobody in and tells who tried. */
function mysql(onLogin: (user: string) => void = () => undefined): Server {
  const server = createMysqlServer((connection) => {
    connection.on('error', () => undefined);
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion: '8.4.0-test',
      connectionId: 1,
      statusFlags: 2,
      characterSet: 8,
      capabilityFlags: 0x8200,
      authCallback: ({ user }: { user: string }, done: (error: null, refusal: object) => void) => {
        onLogin(user);
        done(null, { message: 'Access denied', code: 1045 });
      },
    });
  });
  // It is a server of Node inside, and nothing else of it can be closed with its connections.
  return (server as unknown as { readonly _server: Server })._server;
}

test('a server that greets is well, and gets a login that it can refuse', async (t) => {
  const users: string[] = [];
  const port = await listening(
    t,
    mysql((user) => users.push(user)),
  );
  assert.deepEqual(await askHere(probe, { port }), { ok: true, detail: 'version 8.4.0-test', weight: null });
  await eventually('a login was read', () => users.length > 0);
  assert.deepEqual(users, ['lvsctl']);
});

test('a server that blocks this host is down, with its own words', async (t) => {
  const text = "Host '192.0.2.11' is blocked because of many connection errors";
  const blocking = createServer((socket) => socket.end(packet(Buffer.from(`\xff\x69\x04${text}`, 'latin1'))));
  assertDown(await askHere(probe, { port: await listening(t, blocking) }), /^Host '192\.0\.2\.11' is blocked/);
});

test('a server of an old protocol is down', async (t) => {
  const old = createServer((socket) => socket.resume().end(packet(Buffer.from('\x093.20\0'))));
  assertDown(await askHere(probe, { port: await listening(t, old) }), /^this is no MySQL/);
});

function packet(content: Buffer): Buffer {
  return Buffer.concat([Buffer.of(content.length, 0, 0, 0), content]);
}

testLetdowns({
  probe,
  healthy: mysql,
  answer: packet(Buffer.from(`\x0a8.4.0-test\0${'.'.repeat(60)}`)),
  garbage: /^this is no MySQL: SSH-2\.0/,
});
