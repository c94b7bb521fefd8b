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

/** Runs work with a signal that ends it when its time is up, or when `stop` says so. */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { seconds, stop }: { readonly seconds: number; readonly stop: AbortSignal },
): Promise<T> {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new TimeUp(seconds)), seconds * 1000);
  const onStop = () => ending.abort(stopped());
  stop.addEventListener('abort', onStop);
  try {
    if (stop.aborted) throw stopped();
    return await work(ending.signal);
  } catch (error) {
    // Whatever breaks off then does so because of it.
    throw ending.signal.aborted && !(error instanceof ProbeFailure) ? ending.signal.reason : error;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  }
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
