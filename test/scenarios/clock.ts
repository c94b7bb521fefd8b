/** A clock that stands still until somebody sleeps, and what is to happen meanwhile. */
export class Clock {
  /** 2026-01-02 03:04:05 UTC, in milliseconds. */
  static readonly START = Date.UTC(2026, 0, 2, 3, 4, 5);
  private time = Clock.START;
  /** The host was started an hour before all of it. */
  private booted = Clock.START - 3_600_000;
  private events: { readonly at: number; readonly act: () => void | Promise<void> }[] = [];

  now(): number {
    return this.time;
  }

  bootTime(): { boot: string; seconds: number } {
    return { boot: `boot-${this.booted}`, seconds: (this.time - this.booted) / 1000 };
  }

  /** The host is there again, as another boot. */
  reboot(): void {
    this.booted = this.time;
  }

  /** Has something happen so many seconds after the start. */
  at(seconds: number, act: () => void | Promise<void>): void {
    this.events.push({ at: Clock.START + seconds * 1000, act });
  }

  async sleep(milliseconds: number): Promise<void> {
    this.time += milliseconds;
    const due = this.events.filter(({ at }) => at <= this.time);
    this.events = this.events.filter(({ at }) => at > this.time);
    for (const { act } of due) await act();
  }
}
