import type { Context } from './context.ts';

/** Back to the line's start, and clear it: console_codes(4). */
export const CLEAR_LINE = '\r\u001b[K';
/** A log wants a line now and then, a terminal one that moves. */
const LINE_EVERY_MILLISECONDS = 10_000;

/** Shows how something goes on: in one line of a terminal, never longer than that, or every ten seconds in a log. */
export function movingLine({ stderr, now }: Pick<Context, 'stderr' | 'now'>): (text: string) => void {
  let last = 0;
  return (text) => {
    if (stderr.isTTY) stderr.write(`${CLEAR_LINE}${text}`.slice(0, stderr.columns + CLEAR_LINE.length - 1));
    else if (now() - last >= LINE_EVERY_MILLISECONDS) {
      last = now();
      stderr.write(`${text}\n`);
    }
  };
}

/** Where a terminal has a line that moves, that line makes room for what follows. */
export function lineStart({ stderr }: Pick<Context, 'stderr'>): string {
  return stderr.isTTY ? CLEAR_LINE : '';
}
