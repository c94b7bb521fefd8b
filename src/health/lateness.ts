/** How late questions were asked, from the moment they were due. */
export interface Lateness {
  readonly questions: number;
  readonly maxMs: number;
  /** 99 of 100 were at most so late; rounded up by a tenth at most. */
  readonly p99Ms: number;
}

/** One bucket is a tenth wider than the one below, from a tenth of a millisecond up; the last one takes all the rest. */
const GROWTH = Math.log(1.1);
const BUCKETS = 200;
const SMALLEST_MS = 0.1;

/** Collects it in a space that does not grow, however many questions are asked. */
export class LatenessRecord {
  private counts = new Uint32Array(BUCKETS);
  private questions = 0;
  private maxMs = 0;

  add(lateMs: number): void {
    const bucket = Math.ceil(Math.log(Math.max(lateMs, SMALLEST_MS) / SMALLEST_MS) / GROWTH);
    const index = Math.min(bucket, BUCKETS - 1);
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.questions += 1;
    this.maxMs = Math.max(this.maxMs, lateMs);
  }

  /** What came together since the last call. */
  take(): Lateness {
    const { questions, maxMs } = this;
    const p99Ms = Math.min(maxMs, this.percentile(questions * 0.99));
    this.counts = new Uint32Array(BUCKETS);
    this.questions = 0;
    this.maxMs = 0;
    return { questions, maxMs, p99Ms };
  }

  private percentile(wanted: number): number {
    let bucket = 0;
    for (let seen = this.counts[0] ?? 0; seen < wanted; seen += this.counts[bucket] ?? 0) bucket += 1;
    return SMALLEST_MS * Math.exp(bucket * GROWTH);
  }
}
