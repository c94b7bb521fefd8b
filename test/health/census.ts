/** What was asked of a group of servers: the worst of the worst. */
export interface Gaps {
  readonly longestMs: number;
  /** The shortest and the longest of the averages of each server. */
  readonly meanMs: readonly [least: number, most: number];
}

/** Who was asked when, in a space that does not grow. */
export class Census {
  /** Questions by 10 ms of virtual time. */
  readonly windows: Uint32Array;
  /** Questions that were out at the same time. */
  mostOut = 0;
  /** Questions to a server that had not answered the one before. */
  overlaps = 0;
  /** When the last one was asked for the first time. */
  allAskedMs = 0;
  private out = 0;
  private readonly isOut: Uint8Array;
  private readonly counts: Uint32Array;
  private readonly first: Float64Array;
  private readonly last: Float64Array;
  private readonly longest: Float64Array;

  constructor(servers: number, minutes: number) {
    this.windows = new Uint32Array(minutes * 6000 + 1);
    this.isOut = new Uint8Array(servers);
    this.counts = new Uint32Array(servers);
    this.first = new Float64Array(servers);
    this.last = new Float64Array(servers);
    this.longest = new Float64Array(servers);
  }

  asked(server: number, now: number): void {
    this.overlaps += this.isOut[server] ?? 0;
    this.isOut[server] = 1;
    this.out += 1;
    this.mostOut = Math.max(this.mostOut, this.out);
    const window = Math.floor(now / 10);
    this.windows[window] = (this.windows[window] ?? 0) + 1;
    this.note(server, now);
  }

  answered(server: number): void {
    this.isOut[server] = 0;
    this.out -= 1;
  }

  /** Counts from the last question of each on. */
  beginAnew(): void {
    this.first.set(this.last);
    this.counts.fill(1);
    this.longest.fill(0);
  }

  gaps(isCounted: (server: number) => boolean): Gaps {
    const servers = [...this.counts.keys()].filter(isCounted);
    const means = servers.map((server) => this.mean(server));
    return {
      longestMs: most(servers.map((server) => this.longest[server] ?? Number.NaN)),
      meanMs: [-most(means.map((mean) => -mean)), most(means)],
    };
  }

  private note(server: number, now: number): void {
    const count = this.counts[server] ?? 0;
    if (count === 0) {
      this.allAskedMs = Math.max(this.allAskedMs, now);
      this.first[server] = now;
    } else this.longest[server] = Math.max(this.longest[server] ?? 0, now - (this.last[server] ?? 0));
    this.counts[server] = count + 1;
    this.last[server] = now;
  }

  private mean(server: number): number {
    return ((this.last[server] ?? 0) - (this.first[server] ?? 0)) / ((this.counts[server] ?? 0) - 1);
  }
}

export function most(numbers: Iterable<number>): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const number of numbers) greatest = Math.max(greatest, number);
  return greatest;
}
