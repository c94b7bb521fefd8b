import type { Socket } from 'node:net';

/** More is no request. */
const MAX_LINE_BYTES = 64 * 1024;
/** For a whole line, however slowly it drips. */
const LINE_MILLISECONDS = 5000;

/**
 * The lines that come in, one at a time: the next is read when the one before was worked off. Who sends too much, or too
 * slowly, is told why (a sentence without a full stop), and cut off.
 */
export async function* requestLines(
  socket: Socket,
  tell: (reason: string) => string,
): AsyncGenerator<string, void, undefined> {
  const cutOff = (reason: string) => {
    socket.write(tell(reason));
    socket.destroySoon();
  };
  const late = () => cutOff(`No whole line came within ${LINE_MILLISECONDS / 1000} seconds`);
  let deadline = setTimeout(late, LINE_MILLISECONDS);
  let rest = '';
  try {
    for await (const chunk of socket.setEncoding('utf8')) {
      const lines = `${rest}${chunk as string}`.split('\n');
      if (lines.some(isTooLong)) return cutOff(`A line has ${MAX_LINE_BYTES / 1024} KiB at most`);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        clearTimeout(deadline);
        yield line;
        deadline = setTimeout(late, LINE_MILLISECONDS);
      }
    }
  } finally {
    clearTimeout(deadline);
  }
}

function isTooLong(line: string): boolean {
  return Buffer.byteLength(line) > MAX_LINE_BYTES;
}
