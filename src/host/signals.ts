import { constants } from 'node:os';

type StopSignal = 'SIGTERM' | 'SIGINT';

export interface SignalHandlers {
  /** SIGHUP: read the spec again. */
  readonly reload: () => void;
  /** The first SIGTERM or SIGINT: finish the present call, store the state, leave the kernel's table as it is. */
  readonly stop: (signal: StopSignal) => void;
  /** The second one: end now, with 128 and its number (143, 130). */
  readonly kill: (exitCode: number) => void;
}

/** For what outlives its terminal: the end of that one is none of ours. */
export function ignoreHangup(): void {
  process.on('SIGHUP', () => undefined);
}

/** Hears the process's signals until the function it returns is called. */
export function onSignals(handlers: SignalHandlers): () => void {
  let stopping = false;
  const end = (signal: StopSignal): void => {
    if (stopping) handlers.kill(128 + constants.signals[signal]);
    else handlers.stop(signal);
    stopping = true;
  };
  const listeners = {
    SIGHUP: () => handlers.reload(),
    SIGTERM: () => end('SIGTERM'),
    SIGINT: () => end('SIGINT'),
  };
  ignorePipes();
  const all = Object.entries(listeners) as [keyof typeof listeners, () => void][];
  for (const [signal, listener] of all) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of all) process.off(signal, listener);
  };
}

/**
 * Node ignores SIGPIPE until a listener for it is taken away, which leaves the signal to kill us at the next line of a log
 * that nobody reads: so this one stays.
 */
function ignorePipes(): void {
  if (!process.listeners('SIGPIPE').includes(ignore)) process.on('SIGPIPE', ignore);
}

function ignore(): void {}
