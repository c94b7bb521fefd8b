import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { formatDuration } from '../../model/duration.ts';
import type { Target } from './asked.ts';
import { TimeUp } from './deadline.ts';
import { ProbeFailure } from './probe-failure.ts';
import { connectTls, type Secure, verifyPeer } from './secure.ts';

/** Bytes of a server that says what it has to say in a line or a small packet. */
const MOST_BYTES = 64 * 1024;

export interface Connection {
  readonly socket: Socket;
  /** Waits until `take` finds what it looks for at the beginning of the bytes that came and were not taken yet. */
  readonly read: <T>(take: (bytes: Buffer) => Taken<T> | undefined) => Promise<T>;
  /** What comes after the bytes that were taken. */
  readonly rest: () => AsyncGenerator<Buffer>;
  /** Sends the last words. */
  readonly finish: (farewell: string | Buffer) => Promise<void>;
}

export interface Taken<T> {
  readonly value: T;
  /** Bytes it took. */
  readonly length: number;
}

/** Opens a connection, with TLS where `secure` is given, and talks; whatever comes of it, the socket is gone then. */
export async function withConnection<T>(
  target: Target,
  talk: (connection: Connection) => Promise<T>,
  secure: Secure | null = null,
): Promise<T> {
  target.signal.throwIfAborted();
  const socket = open(target, secure);
  const broken = new Promise<never>((_, fail) => {
    socket.on('error', fail);
    target.signal.addEventListener('abort', () => fail(target.signal.reason));
  });
  // It is looked at further down, perhaps after it has failed.
  broken.catch(() => undefined);
  try {
    await Promise.race([once(socket, secure === null ? 'connect' : 'secureConnect'), broken]).catch(notConnected);
    if (secure !== null) verifyPeer(socket, secure);
    return await Promise.race([talk(connectionOver(socket)), broken]);
  } finally {
    socket.destroy();
  }
}

function open({ address, port, source }: Target, secure: Secure | null): Socket {
  const options = { host: address.text, port, ...(source !== null && { localAddress: source.text }) };
  return secure === null ? connect(options) : connectTls(options, secure);
}

function notConnected(error: unknown): never {
  if (error instanceof TimeUp) throw new ProbeFailure(`no connection in ${formatDuration(error.seconds)}`);
  throw error;
}

function connectionOver(socket: Socket): Connection {
  const chunks: AsyncIterator<Buffer> = socket[Symbol.asyncIterator]();
  let bytes = Buffer.alloc(0);
  return {
    socket,
    read: async (take) => {
      for (;;) {
        const taken = take(bytes);
        if (taken !== undefined) {
          bytes = bytes.subarray(taken.length);
          return taken.value;
        }
        if (bytes.length > MOST_BYTES) throw new ProbeFailure(`${bytes.length} bytes came, and no answer in them`);
        const chunk = await chunks.next();
        if (chunk.done) throw closedAfter(bytes);
        bytes = Buffer.concat([bytes, chunk.value]);
      }
    },
    async *rest() {
      if (bytes.length > 0) yield bytes;
      for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next()) yield chunk.value;
    },
    finish: (farewell) => new Promise((done) => socket.end(farewell, () => done())),
  };
}

function closedAfter(bytes: Buffer): ProbeFailure {
  return new ProbeFailure(`the connection was closed ${bytes.length === 0 ? 'without' : 'in the middle of'} an answer`);
}
