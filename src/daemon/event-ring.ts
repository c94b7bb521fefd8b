import type { Log, LogEvent } from './log-event.ts';

/** Something the daemon said, with its number: from 1 on, without a gap. */
export interface ToldEvent {
  readonly number: number;
  /** As ISO 8601. */
  readonly time: string;
  readonly level: 'info' | 'warn' | 'error';
  readonly msg: string;
  readonly about: LogEvent;
}

/** What follows a number, and the number to ask for next. */
export interface ToldEvents {
  readonly events: readonly ToldEvent[];
  readonly last: number;
}

/** How many of them somebody may be behind. */
const KEPT = 1000;
/** Somebody who waits for news hears from us now and then, so that neither takes the other for gone. */
const WAIT_SECONDS = 20;

/** The last things the daemon said, for those who listen at its socket: slow ones miss some, and hold up nobody. */
export class EventRing {
  private readonly kept: ToldEvent[] = [];
  private readonly listeners = new Set<() => void>();
  private last = 0;
  private readonly now: () => number;
  private readonly later: (callback: () => void, seconds: number) => () => void;

  constructor({ now, later }: { now: () => number; later: EventRing['later'] }) {
    this.now = now;
    this.later = later;
  }

  /** A log that says all it is told to `log`, and keeps it here. */
  recording(log: Log): Log {
    const record =
      (level: ToldEvent['level']) =>
      (event: LogEvent, message: string): void => {
        log[level](event, message);
        this.add(level, event, message);
      };
    return { debug: log.debug, info: record('info'), warn: record('warn'), error: record('error') };
  }

  /** What came after that number, at once or when it comes; null: from now on. */
  async after(number: number | null): Promise<ToldEvents> {
    if (number === null) return { events: [], last: this.last };
    // A number from before a restart is one of another count.
    const from = number > this.last ? 0 : number;
    if (from === this.last) await this.news();
    return { events: this.kept.filter((event) => event.number > from), last: this.last };
  }

  private add(level: ToldEvent['level'], about: LogEvent, msg: string): void {
    this.last += 1;
    this.kept.push({ number: this.last, time: new Date(this.now()).toISOString(), level, msg, about });
    if (this.kept.length > KEPT) this.kept.shift();
    for (const listener of this.listeners) listener();
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      const heard = () => {
        this.listeners.delete(heard);
        forget();
        resolve();
      };
      const forget = this.later(heard, WAIT_SECONDS);
      this.listeners.add(heard);
    });
  }
}
