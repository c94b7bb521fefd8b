import type { NamedCheck } from '../model/check.ts';
import type { Question } from '../model/verdict.ts';
import type { Dispatched } from './dispatcher.ts';
import type { ServerVerdict } from './server-verdict.ts';
import { isOpen, type Tally } from './tally.ts';
import type { CheckTarget } from './target.ts';
import type { Timetable } from './timetable.ts';

/** A real server with what is known of it. */
export interface JudgedServer {
  target: CheckTarget;
  readonly verdict: ServerVerdict;
  /** In the order of the checks of the target. */
  checks: readonly ScheduledCheck[];
}

/** One of the checks of a real server, on its way from question to question. */
export class ScheduledCheck implements Dispatched {
  at = 0;
  due = 0;
  askedAt = 0;
  stage: Dispatched['stage'] = 'asked';
  position = -1;
  mayWait = false;
  readonly server: JudgedServer;
  check: NamedCheck;
  tally: Tally;
  timetable: Timetable;
  /** Ends the question that is out. */
  asking: AbortController | null = null;
  /** Whether this host could not ask the last time. */
  isUnasked = false;
  /** Whether the last answer counted for nothing. */
  wasVoid = false;

  constructor(
    server: JudgedServer,
    { check, tally, timetable }: Pick<ScheduledCheck, 'check' | 'tally' | 'timetable'>,
  ) {
    this.server = server;
    this.check = check;
    this.tally = tally;
    this.timetable = timetable;
  }

  get timeoutMs(): number {
    return this.server.target.check.timeoutSeconds * 1000;
  }

  /** When it is asked next, when the last answer came now. */
  nextAt(now: number, random: number): number {
    const { fastIntervalSeconds } = this.server.target.check;
    return isOpen(this.tally) ? now + fastIntervalSeconds * 1000 : this.timetable.next(now, random);
  }

  /** Whether others go first: the real server is known to have failed, and no answer says otherwise yet. */
  get isFailed(): boolean {
    return this.tally.opinion.kind === 'down' && !isOpen(this.tally);
  }

  question(): Question {
    const { server, check } = this.server.target;
    return { ...server, check: this.check, timeoutSeconds: check.timeoutSeconds };
  }
}
