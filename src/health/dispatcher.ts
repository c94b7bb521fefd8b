import { DueHeap, type Timed } from './due-heap.ts';
import { LatenessRecord } from './lateness.ts';
import type { Timetable } from './timetable.ts';

/** Something that is asked again and again. Times are monotonic milliseconds. */
export interface Dispatched extends Timed {
  /** When it was to be asked; `at` is later where nobody was there to ask. */
  due: number;
  /** When the question that is out was asked. */
  askedAt: number;
  /** How far that question came: it may have got more time, or been told that there is none left. */
  stage: 'asked' | 'extended' | 'told';
  /** Whether it was failed when it began to wait. */
  mayWait: boolean;
  /** Whether it lets others go first. */
  readonly isFailed: boolean;
  readonly timetable: Timetable;
  /** How long its answer may take. */
  readonly timeoutMs: number;
}

export interface DispatcherEffects<T> {
  now(): number;
  random(): number;
  /** Calls back once after so many milliseconds; returns what takes it back. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  ask(item: T): void;
  /** The time of its question is up, so that it is to answer now. */
  timeUp(item: T): void;
  /** It did not even then. */
  cutOff(item: T): void;
  /** Something is asked later than a whole interval of its own. */
  onLate(item: T, lateMs: number): void;
}

/** A question whose time is up ends at once; after this long it is cut off. */
const GRACE_MS = 50;
/** A timer that comes later than this is that of a process that did not run. */
const LATE_MS = 50;
/** Somebody who hears of lateness needs not hear of it again for so long. */
const QUIET_MS = 60_000;

/**
 * Asks what is due, the longest overdue first, at most so many at a time. What failed gets half of the places, so that
 * what hangs keeps nothing from what works. One timer serves all.
 */
export class Dispatcher<T extends Dispatched> {
  readonly lateness = new LatenessRecord();
  private readonly effects: DispatcherEffects<T>;
  private readonly maxConcurrent: number;
  private readonly urgent = new DueHeap<T>();
  private readonly patient = new DueHeap<T>();
  private readonly asking = new DueHeap<T>();
  private patientAsking = 0;
  private quietUntil = Number.NEGATIVE_INFINITY;
  private timer: { readonly at: number; readonly cancel: () => void } | null = null;

  constructor(effects: DispatcherEffects<T>, maxConcurrent: number) {
    this.effects = effects;
    this.maxConcurrent = maxConcurrent;
  }

  /** Has it asked at this moment, from the next `run` on. */
  wait(item: T, at: number): void {
    item.at = at;
    item.due = at;
    item.mayWait = item.isFailed;
    this.queueOf(item).add(item);
  }

  /** Its question is over; its place is free. */
  finish(item: T): void {
    if (this.asking.remove(item) && item.mayWait) this.patientAsking -= 1;
  }

  remove(item: T): void {
    this.finish(item);
    this.queueOf(item).remove(item);
  }

  /** Does what is due, and sets the timer for the rest. */
  run(): void {
    this.work(this.timer === null ? 0 : this.effects.now() - this.timer.at);
  }

  /** `awayMs`: for how long nobody did what was due; below 0 where the timer has not come yet, or came early. */
  private work(awayMs: number): void {
    const now = this.effects.now();
    for (let item = this.next(); item !== undefined && item.at <= now; item = this.next()) {
      this.queueOf(item).remove(item);
      if (item.at === item.due && awayMs > item.timetable.intervalMs) this.postpone(item, now);
      else this.ask(item, now);
    }
    this.arm(now);
  }

  private wake(at: number): void {
    const now = this.effects.now();
    this.timer = null;
    this.expire(now);
    this.work(now - at);
  }

  private queueOf({ mayWait }: T): DueHeap<T> {
    return mayWait ? this.patient : this.urgent;
  }

  /** By the timer alone: before it comes, all who were told could answer, and in `run` the answers of some may still wait. */
  private expire(now: number): void {
    for (let item = this.asking.first; item !== undefined && item.at <= now; item = this.asking.first) {
      const extraMs = extraTime(item, now);
      if (extraMs > 0) this.goOn(item, { stage: 'extended', at: now + extraMs });
      else if (item.stage === 'told') this.cutOff(item);
      else this.tell(item, now);
    }
  }

  private tell(item: T, now: number): void {
    this.goOn(item, { stage: 'told', at: now + GRACE_MS });
    this.effects.timeUp(item);
  }

  private cutOff(item: T): void {
    this.finish(item);
    this.effects.cutOff(item);
  }

  private goOn(item: T, next: Pick<T, 'stage' | 'at'>): void {
    this.asking.remove(item);
    this.asking.add(Object.assign(item, next));
  }

  /** What comes next, as far as there is a place for it. */
  private next(): T | undefined {
    if (this.asking.size >= this.maxConcurrent) return undefined;
    const urgent = this.urgent.first;
    const patient = this.patientAsking < this.maxConcurrent / 2 ? this.patient.first : undefined;
    if (urgent === undefined || patient === undefined) return urgent ?? patient;
    return patient.at < urgent.at ? patient : urgent;
  }

  /** The process slept through whole intervals: what it missed is not asked all at once, but each in its turn again. */
  private postpone(item: T, now: number): void {
    item.at = item.timetable.next(now, this.effects.random());
    this.queueOf(item).add(item);
  }

  private ask(item: T, now: number): void {
    this.noteLateness(item, now - item.due);
    Object.assign(item, { askedAt: now, stage: 'asked', at: now + item.timeoutMs });
    this.asking.add(item);
    if (item.mayWait) this.patientAsking += 1;
    this.effects.ask(item);
  }

  private noteLateness(item: T, lateMs: number): void {
    this.lateness.add(lateMs);
    const now = item.due + lateMs;
    if (lateMs <= item.timetable.intervalMs || now < this.quietUntil) return;
    this.quietUntil = now + QUIET_MS;
    this.effects.onLate(item, lateMs);
  }

  /** A timer that comes too early does no harm, so it is not set again at every answer. */
  private arm(now: number): void {
    const moments = [this.asking.first?.at, this.next()?.at].filter((at) => at !== undefined);
    const at = Math.min(...moments);
    if (moments.length > 0 && this.timer !== null && this.timer.at <= at) return;
    this.disarm();
    if (moments.length > 0)
      this.timer = { at, cancel: this.effects.setTimer(() => this.wake(at), Math.max(0, at - now)) };
  }

  private disarm(): void {
    this.timer?.cancel();
    this.timer = null;
  }
}

/**
 * Node calls timers that are due before it reads from sockets, so what the process did not run for at the end of a question is
 * given once more: else each stall would look as the failure of whoever was asked. One that slept for longer than a whole
 * timeout asks anew instead.
 */
function extraTime({ stage, at, timeoutMs }: Dispatched, now: number): number {
  const lateMs = now - at;
  return stage === 'asked' && lateMs > LATE_MS && lateMs <= timeoutMs ? lateMs : 0;
}
