import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Target } from './asked.ts';

export interface DatagramExchange<T> {
  readonly payload: Buffer;
  /** What a reply means; undefined for one that means nothing, after which the wait goes on. */
  readonly take: (reply: Buffer) => T | undefined;
  /** What it means that nothing came for so long. Default: the wait goes on. */
  readonly silence?: { readonly seconds: number; readonly means: T };
}

/** Sends a datagram, and waits for what comes of it. */
export async function withDatagram<T>(target: Target, { payload, take, silence }: DatagramExchange<T>): Promise<T> {
  const { address, port, source, signal } = target;
  signal.throwIfAborted();
  const socket = createSocket(address.family === 'ipv6' ? 'udp6' : 'udp4');
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((done, fail) => {
    socket.on('error', fail);
    signal.addEventListener('abort', () => fail(signal.reason));
    socket.on('message', (reply) => {
      const meaning = take(reply);
      if (meaning !== undefined) done(meaning);
    });
    socket.on('connect', () => {
      socket.send(payload);
      // What came while this process was busy is read between a timer and what is to be done immediately.
      if (silence !== undefined) timer = setTimeout(() => setImmediate(done, silence.means), silence.seconds * 1000);
    });
  });
  over.catch(() => undefined);
  try {
    if (source !== null) await once(socket.bind({ address: source.text, exclusive: true }), 'listening');
    // Only a socket that is connected hears of ICMP messages, and of no other sender (udp(7)).
    socket.connect(port, address.text);
    return await over;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
