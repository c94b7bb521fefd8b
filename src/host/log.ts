import { type DestinationStream, pino } from 'pino';
import { humanLogLine } from './log-line.ts';

/** What every entry has; the daemon narrows it to the events it knows. */
export interface LogFields {
  /** What happened, as one of a fixed set of words. */
  readonly event: string;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

type Write<E> = (event: E, message: string) => void;

export interface Logger<E extends LogFields> {
  readonly debug: Write<E>;
  readonly info: Write<E>;
  readonly warn: Write<E>;
  readonly error: Write<E>;
  setLevel(level: LogLevel): void;
}

/** As much of a stream as a log needs. */
export interface LogDestination {
  write(text: string): unknown;
  on?(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * A log of events: JSON lines for journald and programs, or short lines for a terminal. No pino transports: they are
 * worker threads that a bundle cannot start. Who reads the log may go away; that is no reason to stop the work, so from
 * then on it is silent.
 */
export function createLogger<E extends LogFields>(options: {
  readonly destination: LogDestination;
  readonly format: 'json' | 'human';
  readonly level: LogLevel;
  /** Epoch milliseconds. */
  readonly now: () => number;
}): Logger<E> {
  const { format, level, now } = options;
  const open = untilClosed(options.destination);
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    format === 'json' ? open : { write: (line) => open.write(humanLogLine(line)) },
  );
  const at =
    (name: 'debug' | 'info' | 'warn' | 'error'): Write<E> =>
    (event, message) =>
      logger[name](event as object, message);
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    setLevel: (wanted) => {
      logger.level = wanted;
    },
  };
}

/** Writes until the first failure (EPIPE of a closed pipe comes as an event, that of a file may be thrown). */
function untilClosed(destination: LogDestination): DestinationStream {
  let closed = false;
  destination.on?.('error', () => {
    closed = true;
  });
  return {
    write: (line) => {
      if (closed) return;
      try {
        destination.write(line);
      } catch {
        closed = true;
      }
    },
  };
}
