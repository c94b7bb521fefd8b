export interface SingleFlight {
  /** Asks for a run that starts after this call; many asks during one run make one more. */
  trigger(): void;
  /** Resolves when nothing runs and nothing is queued. */
  idle(): Promise<void>;
  /** Lets the present run end and starts no other; resolves then. */
  stop(): Promise<void>;
}

/** At most one run at a time, and one more queued. A run that fails is told and ends no more than itself. */
export function singleFlight(run: () => Promise<void>, onError: (error: unknown) => void): SingleFlight {
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
    while (queued && !stopped) {
      queued = false;
      await attempt();
    }
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
    idle,
    stop: () => {
      stopped = true;
      return idle();
    },
  };
}
