import type { SlowStart } from '../model/availability.ts';

/** How far a slow start is: a share of the weight, 0..1, and when the next step comes; null once it is over. */
export interface Ramp {
  readonly share: number;
  readonly nextAt: number | null;
}

/** The first step begins at once, and the whole weight is there when the time is over. Times are milliseconds. */
export function rampAt({ seconds, steps }: SlowStart, { since, now }: { since: number; now: number }): Ramp {
  const step = (seconds * 1000) / steps;
  // A clock that was set back makes it begin anew, and not end never.
  const done = Math.floor(Math.max(0, now - since) / step);
  if (done >= steps) return { share: 1, nextAt: null };
  return { share: Math.max(1, done) / steps, nextAt: Math.min(since, now) + (Math.max(1, done) + 1) * step };
}
