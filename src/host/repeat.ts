/** At most one run at a time and one more queued; whoever asks gets a run that starts after they asked. */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | null = null;
  return () => {
    queued ??= last = last
      .catch(() => undefined)
      .then(() => {
        queued = null;
        return work();
      });
    return queued;
  };
}

/** Runs again and again, with a pause after each run; returns what stops it. */
export function repeat(work: () => Promise<void>, pauseSeconds: () => number): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const arm = (): void => {
    if (!stopped) timer = setTimeout(() => void work().then(arm), pauseSeconds() * 1000);
  };
  arm();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
