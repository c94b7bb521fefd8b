import { constants, type NodeGCPerformanceDetail, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';

/** A figure over time: milliseconds from the start, megabytes. */
interface Sample {
  readonly at: number;
  readonly megabytes: number;
}

/**
 * The memory of this process over time: what it holds of the machine's (rss), and what V8 found to be in use when it had
 * collected its garbage. The second one tells whether something is kept; the first also how much V8 takes to be lazy.
 */
export class MemoryRecord {
  private readonly rss: Sample[] = [];
  private readonly inUse: Sample[] = [];
  private readonly from = performance.now();
  private readonly collections = new PerformanceObserver((list) => {
    if (list.getEntries().some((entry) => isMajor(entry))) this.inUse.push(this.sample(process.memoryUsage().heapUsed));
  });
  private readonly clock = setInterval(() => this.rss.push(this.sample(process.memoryUsage.rss())), 1000);

  constructor() {
    this.collections.observe({ entryTypes: ['gc'] });
  }

  stop(): void {
    clearInterval(this.clock);
    this.collections.disconnect();
  }

  /** The first third of the time against the last one. */
  summary(): string {
    const end = performance.now() - this.from;
    return `rss ${comparison(this.rss, end)}; in use after collections ${comparison(this.inUse, end)}`;
  }

  private sample(bytes: number): Sample {
    return { at: performance.now() - this.from, megabytes: bytes / 2 ** 20 };
  }
}

/** Node's types have no detail here (perf_hooks: PerformanceNodeEntry). */
function isMajor(entry: PerformanceEntry & { readonly detail?: NodeGCPerformanceDetail }): boolean {
  return entry.detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

/** What a third may differ from another by chance. */
const NOISE = 0.05;

function comparison(samples: readonly Sample[], end: number): string {
  const first = mean(samples.filter(({ at }) => at < end / 3));
  const last = mean(samples.filter(({ at }) => at >= (end * 2) / 3));
  const change = last / first - 1;
  const verdict = change > NOISE ? 'GREW' : change < -NOISE ? 'shrank' : 'steady';
  return `${first.toFixed(0)} MB in the first third, ${last.toFixed(0)} MB in the last (${verdict})`;
}

function mean(samples: readonly Sample[]): number {
  return samples.reduce((sum, { megabytes }) => sum + megabytes, 0) / samples.length;
}
