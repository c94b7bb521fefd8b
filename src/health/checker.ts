import { formatDuration } from '../model/duration.ts';
import type { Answer, CheckedServer, Question, Verdicts } from '../model/verdict.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Lateness } from './lateness.ts';
import { Roster } from './roster.ts';
import type { JudgedServer, ScheduledCheck } from './scheduled-check.ts';
import type { VerdictChange } from './server-verdict.ts';
import { count } from './tally.ts';
import type { CheckTarget } from './target.ts';

export interface CheckerEffects {
  /**
   * Asks one question. It ends when the signal says so: with a TimeoutError when its time is up, as AbortSignal.timeout has
   * it, else since nobody waits for it. It rejects where this host could not ask, so that nothing is known of the real server.
   */
  ask(question: Question, signal: AbortSignal): Promise<Answer>;
  /** Monotonic milliseconds: whoever sets the clock does not move them. */
  now(): number;
  /** Epoch milliseconds, for people. */
  wallNow(): number;
  /** From 0 on, below 1. */
  random(): number;
  /** Calls back once after so many milliseconds; returns what takes it back. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  onVerdict(change: VerdictChange): void;
  /** Told when asking begins to be rejected, and not again until it works. */
  onUnasked(server: CheckedServer, error: unknown): void;
  /** Told at most once a minute. */
  onLate(late: LateQuestion): void;
}

/** A question that was asked later than a whole interval: there are too many of them, or this process does not get to run. */
export interface LateQuestion {
  readonly server: CheckedServer;
  readonly lateSeconds: number;
  readonly intervalSeconds: number;
}

export interface CheckerOptions {
  /** Questions that are out at the same time, at most. Default 512. */
  readonly maxConcurrent?: number;
}

/** Asks all real servers again and again, each at its own time, and judges them by their answers. */
export class Checker {
  private readonly effects: CheckerEffects;
  private readonly dispatcher: Dispatcher<ScheduledCheck>;
  private readonly roster: Roster;

  constructor(effects: CheckerEffects, { maxConcurrent = 512 }: CheckerOptions = {}) {
    this.effects = effects;
    this.dispatcher = new Dispatcher(
      {
        now: () => effects.now(),
        random: () => effects.random(),
        setTimer: (callback, milliseconds) => effects.setTimer(callback, milliseconds),
        ask: (check) => void this.ask(check),
        timeUp: ({ asking }) => asking?.abort(new DOMException('its time is up', 'TimeoutError')),
        cutOff: (check) => this.cutOff(check),
        onLate: (check, lateMs) => this.late(check, lateMs),
      },
      maxConcurrent,
    );
    this.roster = new Roster(effects, this.dispatcher);
  }

  /**
   * Checks these from now on. Who stays keeps the verdict, and the times too unless its interval is another one; who
   * leaves is forgotten.
   */
  setTargets(targets: readonly CheckTarget[]): void {
    const changed = this.roster.replace(targets);
    for (const server of changed) this.judge(server, 'spec');
    this.dispatcher.run();
  }

  /** By `checkKey`; one for every target. */
  verdicts(): Verdicts {
    return new Map([...this.roster.servers].map(([key, { verdict }]) => [key, verdict.current]));
  }

  /** How late questions were asked since the last call. */
  lateness(): Lateness {
    return this.dispatcher.lateness.take();
  }

  /** Forgets everybody, and the questions that are out. */
  stop(): void {
    this.setTargets([]);
  }

  private async ask(check: ScheduledCheck): Promise<void> {
    const asking = new AbortController();
    check.asking = asking;
    const outcome = await this.outcomeOf(check.question(), asking.signal);
    // It was given up, or forgotten, meanwhile.
    if (check.asking !== asking) return;
    this.dispatcher.finish(check);
    if ('error' in outcome) this.unasked(check, outcome.error);
    else this.answered(check, outcome.answer);
    this.dispatcher.run();
  }

  private async outcomeOf(
    question: Question,
    signal: AbortSignal,
  ): Promise<{ readonly answer: Answer } | { readonly error: unknown }> {
    try {
      return { answer: await this.effects.ask(question, signal) };
    } catch (error) {
      return { error };
    }
  }

  private cutOff(check: ScheduledCheck): void {
    this.answered(check, { ok: false, detail: `no answer within ${formatDuration(check.timeoutMs / 1000)}` });
  }

  private unasked(check: ScheduledCheck, error: unknown): void {
    const isNews = !check.isUnasked;
    check.isUnasked = true;
    this.askAgain(check);
    if (isNews) this.effects.onUnasked(check.server.target.server, error);
  }

  /**
   * A failure that comes after more than twice its timeout is of a time in which this process did not run, and could not
   * have seen an answer either: it counts for nothing. A second one in a row does, else a machine without rest would judge
   * nobody.
   */
  private answered(check: ScheduledCheck, answer: Answer): void {
    const isDoubtful = this.effects.now() > check.askedAt + 2 * check.timeoutMs;
    check.isUnasked = false;
    check.wasVoid = isDoubtful && !answer.ok && !check.wasVoid;
    if (!check.wasVoid) check.tally = count(check.tally, answer, check.server.target.check);
    this.askAgain(check);
    this.judge(check.server, 'answer');
  }

  private askAgain(check: ScheduledCheck): void {
    check.asking = null;
    this.dispatcher.wait(check, check.nextAt(this.effects.now(), this.effects.random()));
  }

  private judge({ target, verdict, checks }: JudgedServer, cause: VerdictChange['cause']): void {
    const change = verdict.judge(target, {
      opinions: checks.map(({ check, tally }) => ({ name: check.name, opinion: tally.opinion })),
      occasion: { cause, now: this.effects.now(), wallNow: this.effects.wallNow() },
    });
    if (change !== null) this.effects.onVerdict(change);
  }

  private late({ server, timetable }: ScheduledCheck, lateMs: number): void {
    this.effects.onLate({
      server: server.target.server,
      lateSeconds: lateMs / 1000,
      intervalSeconds: timetable.intervalMs / 1000,
    });
  }
}
