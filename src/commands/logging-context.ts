import type { Log } from '../daemon/log-event.ts';
import type { Context } from './context.ts';

/** The same surroundings for what a daemon does as a verb would: what it says goes into the log, line by line. */
export function loggingContext(context: Context, log: Pick<Log, 'warn'>): Context {
  const write = (text: string) => {
    for (const line of text.split('\n')) if (line !== '') log.warn({ event: 'unconfirmed' }, line);
  };
  const output = { write, isTTY: false, columns: context.stderr.columns };
  return { ...context, stdout: output, stderr: output, exit: () => undefined };
}
