import { Checker, type CheckerEffects, type LateQuestion } from '../../src/health/checker.ts';
import type { VerdictChange } from '../../src/health/server-verdict.ts';
import type { Answer, Question } from '../../src/model/verdict.ts';
import { VirtualTime } from './virtual-time.ts';

/** How a real server answers a question that it gets now, and after how many milliseconds; null: never. */
export type Behaviour = (question: Question, now: number) => { readonly answer: Answer; readonly after: number } | null;

/** Epoch milliseconds at the virtual moment 0. */
export const EPOCH = Date.UTC(2026, 0, 2, 3, 4, 5);

interface WorldParts {
  readonly behave: Behaviour;
  readonly maxConcurrent?: number;
  /** As Node's timers by default. */
  readonly resolutionMs?: number;
  readonly random?: () => number;
  /** What timers come too early by. */
  readonly earlyMs?: number;
  /** For how long each verdict keeps the process busy. */
  readonly busyMs?: number;
}

/** A checker in virtual time, with what it asks, and what it says. */
export class World {
  readonly time: VirtualTime;
  readonly checker: Checker;
  readonly changes: VerdictChange[] = [];
  readonly late: LateQuestion[] = [];
  /** When somebody was asked, by name; empty it to count anew. */
  readonly asked: { readonly name: string; readonly at: number; readonly question: Question }[] = [];
  readonly unasked: string[] = [];
  readonly aborted: string[] = [];
  /** What somebody set the clock on the wall forward by, in milliseconds. */
  wallOffset = 0;

  constructor({
    behave,
    maxConcurrent = 512,
    resolutionMs = 1,
    random = seededRandom(7),
    earlyMs = 0,
    busyMs = 0,
  }: WorldParts) {
    this.time = new VirtualTime(resolutionMs);
    const effects: CheckerEffects = {
      ask: (question, signal) => {
        this.asked.push({ name: question.serverName, at: this.time.now(), question });
        return answerLater(behave(question, this.time.now()), {
          time: this.time,
          signal,
          onAbort: () => this.aborted.push(question.serverName),
        });
      },
      now: this.time.now,
      wallNow: () => EPOCH + this.time.now() + this.wallOffset,
      random,
      setTimer: (callback, milliseconds) => this.time.setTimer(callback, Math.max(0.01, milliseconds - earlyMs)),
      onVerdict: (change) => {
        this.changes.push(change);
        this.time.sleep(busyMs);
      },
      onUnasked: ({ serverName }, error) => this.unasked.push(`${serverName}: ${error}`),
      onLate: (late) => this.late.push(late),
    };
    this.checker = new Checker(effects, { maxConcurrent });
  }

  /** Verdict by name, with the second in which it came. */
  said(): string[] {
    return this.changes.map(({ server, after }) => {
      const second = after.kind === 'unknown' ? Number.NaN : (after.since - EPOCH) / 1000;
      return `${server.serverName} ${after.kind} ${second}`;
    });
  }
}

export function answerLater(
  reply: ReturnType<Behaviour>,
  {
    time,
    signal,
    onAbort,
  }: { readonly time: VirtualTime; readonly signal: AbortSignal; readonly onAbort?: () => void },
): Promise<Answer> {
  return new Promise((resolve) => {
    const cancel = reply === null ? () => {} : time.setTimer(() => resolve(reply.answer), reply.after);
    signal.addEventListener('abort', () => {
      cancel();
      onAbort?.();
      if (reply !== null) resolve({ ok: false, detail: 'aborted' });
    });
  });
}

/** Chance that is the same at every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
