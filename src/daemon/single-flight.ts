import { OperationError } from '../errors.ts';

export interface SingleFlight {
  /** Asks for a run that starts after this call; many asks during one run make one more. */
  trigger(): void;
  /** Does something else between two runs, before any that is queued. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing runs and nothing is queued. */
  idle(): Promise<void>;
  /** Lets the present run end and starts no other; resolves then. */
  stop(): Promise<void>;
}

interface Work {
  /** Never fails: whoever asked is told. */
  run(): Promise<void>;
  drop(): void;
}

/** At most one run at a time, and one more queued. A run that fails is told and ends no more than itself. */
export function singleFlight(run: () => Promise<void>, onError: (error: unknown) => void): SingleFlight {
  const works: Work[] = [];
  let queued = false;
  let stopped = false;
  let flight: Promise<void> | null = null;

  // Async by itself, so that the flight never ends before it is known: a run may throw before its first await.
  const attempt = async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      onError(error);
    }
  };
  const fly = async (): Promise<void> => {
    while ((queued || works.length > 0) && !stopped) {
      const work = works.shift();
      if (work === undefined) queued = false;
      await (work === undefined ? attempt() : work.run());
    }
    for (const work of works.splice(0)) work.drop();
    flight = null;
  };
  const idle = async (): Promise<void> => {
    while (flight !== null) await flight;
  };
  return {
    trigger: () => {
      if (stopped) return;
      queued = true;
      flight ??= fly();
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        const drop = () => reject(new OperationError('The daemon is stopping, and does nothing new'));
        if (stopped) return drop();
        works.push({ run: () => work().then(resolve, reject), drop });
        flight ??= fly();
      }),
    idle,
    stop: () => {
      stopped = true;
      return idle();
    },
  };
}
