import { type Asking, ill, well } from './asked.ts';
import { type Taken, withConnection } from './connection.ts';
import { excerpt } from './excerpt.ts';

/** PING is answered. A server that wants a password first works too; one that loads its data, or lost its master, does not. */
export const askRedis: Asking<'redis'> = (asked) =>
  withConnection(asked, async ({ socket, read }) => {
    socket.write('*1\r\n$4\r\nPING\r\n');
    const reply = excerpt(await read(takeLine));
    if (reply === '+PONG') return well('PONG');
    return reply.startsWith('-NOAUTH') ? well('it asks for a password') : ill(reply.replace(/^-/, ''));
  });

function takeLine(bytes: Buffer): Taken<string> | undefined {
  const end = bytes.indexOf('\r\n');
  return end < 0 ? undefined : { value: bytes.toString('utf8', 0, end), length: end + 2 };
}
