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

/** Runs work with a signal that ends it when `end` says so: with a TimeoutError when its time, so many seconds, is up. */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { seconds, end }: { readonly seconds: number; readonly end: AbortSignal },
): Promise<T> {
  const ending = new AbortController();
  const onEnd = () => ending.abort(failureAt(end, seconds));
  end.addEventListener('abort', onEnd);
  try {
    if (end.aborted) throw failureAt(end, seconds);
    return await work(ending.signal);
  } catch (error) {
    // Whatever breaks off then does so because of it.
    throw ending.signal.aborted && !(error instanceof ProbeFailure) ? ending.signal.reason : error;
  } finally {
    end.removeEventListener('abort', onEnd);
  }
}

function failureAt({ reason }: AbortSignal, seconds: number): ProbeFailure {
  const isTimeUp = reason instanceof DOMException && reason.name === 'TimeoutError';
  return isTimeUp ? new TimeUp(seconds) : new ProbeFailure('nobody waits for the answer any more');
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
