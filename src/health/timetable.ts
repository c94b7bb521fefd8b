/** Seconds by which a question may come later than its interval says: little, by chance, and never carried over. */
export function jitterSeconds(intervalSeconds: number): number {
  return Math.min(intervalSeconds / 20, 0.5);
}

/**
 * The moments at which a check is asked while its verdict stands. They are evenly apart whatever happens in between, so
 * that checks which are spread once stay spread; the jitter keeps them out of step with anything that happens as regularly.
 */
export class Timetable {
  readonly intervalMs: number;
  private readonly start: number;
  private readonly jitterMs: number;
  private slot = -1;

  constructor(start: number, intervalSeconds: number) {
    this.start = start;
    this.intervalMs = intervalSeconds * 1000;
    this.jitterMs = jitterSeconds(intervalSeconds) * 1000;
  }

  /** The first moment behind this one, and never the same twice. `random` is from 0 to 1. */
  next(after: number, random: number): number {
    // The slot is counted: computed from `after` alone, rounding could give the one that has just been used.
    this.slot = Math.max(this.slot + 1, Math.floor((after - this.start) / this.intervalMs) + 1);
    return this.start + this.slot * this.intervalMs + random * this.jitterMs;
  }
}
