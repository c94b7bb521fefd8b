import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import { TLSSocket } from 'node:tls';
import type { Probe } from '../../../src/model/check.ts';
import type { Answer } from '../../../src/model/verdict.ts';
import { askHere, eventually, leavingNothing, listening } from './asking.ts';

/** A probe over TCP, and what lets it down. */
export interface Letdowns {
  readonly probe: Probe;
  /** A server that is well. */
  readonly healthy: () => Server;
  /** The bytes that one sends, of which others send a part. */
  readonly answer: string | Buffer;
  /** What is said of a server that speaks something else. */
  readonly garbage: RegExp;
  /** Default: without TLS. */
  readonly serverOf?: (serve: (socket: Socket) => void) => Server;
}

const AT_ONCE = 200;
/** tcpmux, which no system has any more. */
const CLOSED = 1;

/** The claims that hold of every probe over TCP. */
export function testLetdowns({ probe, healthy, answer, garbage, serverOf = createServer }: Letdowns): void {
  const bytes = Buffer.from(answer);
  const half = bytes.subarray(0, bytes.length / 2);
  // On a busy machine TLS alone takes that long.
  const late = { timeoutSeconds: 0.2, detail: /^no (?:answer|connection) in 200ms$/ };
  const broken = { timeoutSeconds: 30, detail: /reset|closed/ };
  const rows = {
    'says nothing': { ...late, serve: (socket: Socket) => socket.resume() },
    'sends a byte a second': { ...late, serve: (socket: Socket) => drip(socket, bytes) },
    'closes at once': { ...broken, serve: (socket: Socket) => socket.resume().end() },
    'closes in the middle of its answer': { ...broken, serve: (socket: Socket) => socket.resume().end(half) },
    'resets the connection': {
      ...broken,
      serve: (socket: Socket) => socket.write(half, () => reset(socket)),
    },
    'speaks something else': { ...broken, detail: garbage, serve: (socket: Socket) => socket.resume().end(OTHER) },
    'sends zeros without end': { ...broken, detail: /./, serve: flood },
  };
  for (const [what, { serve, timeoutSeconds, detail }] of Object.entries(rows))
    test(`a server that ${what} is down`, async (t) => {
      const port = await listening(t, serverOf(serve));
      assertDown(await askHere(probe, { port, timeoutSeconds }), detail);
    });

  test('a port where nobody listens is down', async () => {
    assertDown(await askHere(probe, { port: CLOSED }), /^connection refused$/);
  });

  test(`${AT_ONCE} questions at once to servers that are well, silent or gone leave nothing open`, async (t) => {
    const servers = [
      { port: await listening(t, healthy()) },
      {
        port: await listening(
          t,
          serverOf((socket) => socket.resume()),
        ),
        timeoutSeconds: 0.5,
      },
      { port: CLOSED },
    ];
    await leavingNothing(async () => {
      const questions = Array.from({ length: AT_ONCE }, (_, index) => servers[index % servers.length]);
      const answers = await Promise.all(questions.map((server) => askHere(probe, server)));
      const said = answers.map(
        ({ ok, detail }, index) =>
          `${index % servers.length}: ${ok ? 'well' : detail.replace(/^no (?:answer|connection) in 500ms$/, 'late')}`,
      );
      assert.deepEqual(new Set(said), new Set(['0: well', '1: late', '2: connection refused']));
    });
  });

  test('a question that nobody waits for any more ends at once, and leaves nothing open', async (t) => {
    const server = serverOf((socket) => socket.resume());
    const port = await listening(t, server);
    await leavingNothing(async () => {
      const stop = new AbortController();
      const answer = askHere(probe, { port, surroundings: { signal: stop.signal } });
      await eventually('it is asked', () => connectionsOf(server).then((count) => count > 0));
      stop.abort();
      assertDown(await answer, /^nobody waits/);
      assertDown(await askHere(probe, { port, surroundings: { signal: stop.signal } }), /^nobody waits/);
    });
  });
}

export function assertDown(answer: Answer, detail: RegExp): void {
  assert.equal(answer.ok, false, answer.detail);
  assert.match(answer.detail, detail);
}

const OTHER = 'SSH-2.0-Nonsense\r\n\0\0\xff\xff\r\n\r\n';

/** Node can reset no connection with TLS. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

function drip(socket: Socket, bytes: Buffer): void {
  let at = 0;
  const send = () => socket.write(bytes.subarray(at, ++at));
  const timer = setInterval(send, 1000);
  socket.resume().on('close', () => clearInterval(timer));
  send();
}

function flood(socket: Socket): void {
  const send = () => {
    while (!socket.destroyed && socket.write(Buffer.alloc(65536)));
  };
  socket.resume().on('drain', send);
  send();
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((done, fail) => server.getConnections((error, count) => (error ? fail(error) : done(count))));
}
