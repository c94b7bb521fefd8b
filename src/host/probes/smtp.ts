import { hostname } from 'node:os';
import { type Asking, ill, well } from './asked.ts';
import { type Taken, withConnection } from './connection.ts';
import { excerpt } from './excerpt.ts';

/** The server greets and takes HELO; then it is told goodbye. */
export const askSmtp: Asking<'smtp'> = (asked) =>
  withConnection(asked, async ({ socket, read, finish }) => {
    const greeting = await read(takeReply);
    if (!greeting.startsWith('220')) return ill(`greeting: ${excerpt(greeting)}`);
    socket.write(`HELO ${asked.probe.helo ?? hostname()}\r\n`);
    const reply = await read(takeReply);
    await finish('QUIT\r\n');
    return reply.startsWith('250') ? well(excerpt(greeting)) : ill(`HELO: ${excerpt(reply)}`);
  });

/** `250-first line`, `250 last line` (RFC 5321 4.2). */
function takeReply(bytes: Buffer): Taken<string> | undefined {
  const [reply] = /^(?:.*\r?\n)*?(?!\d{3}-).*\r?\n/.exec(bytes.toString('latin1')) ?? [];
  return reply === undefined ? undefined : { value: reply, length: reply.length };
}
