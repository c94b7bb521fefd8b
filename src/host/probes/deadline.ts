import { formatDuration } from '../../model/duration.ts';
import { ProbeFailure } from './probe-failure.ts';

/** The time of a question is up. */
export class TimeUp extends ProbeFailure {
  override readonly name = 'TimeUp';
  readonly seconds: number;

  constructor(seconds: number) {
    super(`no answer in ${formatDuration(seconds)}`);
    this.seconds = seconds;
  }
}

/** A timer that comes later than this is that of a process that did not run. */
const LATE_MS = 50;

/** Runs work with a signal that ends it when its time is up, or when `stop` says so. */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { seconds, stop }: { readonly seconds: number; readonly stop: AbortSignal },
): Promise<T> {
  const ending = new AbortController();
  const stopTimer = startTimer(seconds * 1000, () => ending.abort(new TimeUp(seconds)));
  const onStop = () => ending.abort(stopped());
  stop.addEventListener('abort', onStop);
  try {
    if (stop.aborted) throw stopped();
    return await work(ending.signal);
  } catch (error) {
    // Whatever breaks off then does so because of it.
    throw ending.signal.aborted && !(error instanceof ProbeFailure) ? ending.signal.reason : error;
  } finally {
    stopTimer();
    stop.removeEventListener('abort', onStop);
  }
}

/**
 * Node calls timers that are due before it reads from sockets, so what the process did not run for at the end is given once
 * more: else each stall would look as the failure of whoever was asked.
 */
function startTimer(milliseconds: number, callback: () => void): () => void {
  const due = performance.now() + milliseconds;
  let timer = setTimeout(() => {
    const lateMs = performance.now() - due;
    if (lateMs > LATE_MS && lateMs <= milliseconds) timer = setTimeout(callback, lateMs);
    else callback();
  }, milliseconds);
  return () => clearTimeout(timer);
}

function stopped(): ProbeFailure {
  return new ProbeFailure('nobody waits for the answer any more');
}

/** For what cannot be ended, such as a look at a file on a server that is gone: it is waited for no longer. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason));
    }),
  ]);
}
