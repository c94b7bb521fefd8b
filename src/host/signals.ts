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
    // Node ignores SIGPIPE by itself; the listener keeps it so where a library thinks otherwise.
    SIGPIPE: () => undefined,
  };
  const all = Object.entries(listeners) as [keyof typeof listeners, () => void][];
  for (const [signal, listener] of all) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of all) process.off(signal, listener);
  };
}
