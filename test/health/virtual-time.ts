import { setImmediate } from 'node:timers/promises';
import { DueHeap, type Timed } from '../../src/health/due-heap.ts';

interface Timer extends Timed {
  readonly callback: () => void;
}

/** Time that passes only when somebody lets it. */
export class VirtualTime {
  private readonly timers = new DueHeap<Timer>();
  private readonly resolutionMs: number;
  private time = 0;

  /** Timers come at whole multiples of the resolution, as those of Node do; 0: exactly when they were to. */
  constructor(resolutionMs: number) {
    this.resolutionMs = resolutionMs;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.timers.size;
  }

  readonly now = (): number => this.time;

  readonly setTimer = (callback: () => void, milliseconds: number): (() => void) => {
    const exact = this.time + milliseconds;
    const at = this.resolutionMs === 0 ? exact : Math.ceil(exact / this.resolutionMs) * this.resolutionMs;
    const timer: Timer = { at, position: -1, callback };
    this.timers.add(timer);
    return () => void this.timers.remove(timer);
  };

  /** Lets time pass up to this moment, and everything happen that is due by then. */
  async until(end: number): Promise<void> {
    await setImmediate();
    for (let first = this.timers.first; first !== undefined && first.at <= end; first = this.timers.first) {
      this.time = Math.max(this.time, first.at);
      this.fire();
      await setImmediate();
    }
    this.time = end;
  }

  /** The process does not run meanwhile; what came due fires late. */
  sleep(milliseconds: number): void {
    this.time += milliseconds;
  }

  private fire(): void {
    for (let first = this.timers.first; first !== undefined && first.at <= this.time; first = this.timers.first) {
      this.timers.remove(first);
      first.callback();
    }
  }
}
