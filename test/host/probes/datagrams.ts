import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TestContext } from 'node:test';

/** A server of datagrams, until the test is over; the port it got. */
export async function answering(
  t: TestContext,
  answer: (socket: Socket, message: Buffer, from: RemoteInfo) => void,
): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (message, from) => answer(socket, message, from));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  t.after(() => socket.close());
  return socket.address().port;
}
