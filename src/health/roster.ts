import { isDeepStrictEqual } from 'node:util';
import type { Check, NamedCheck } from '../model/check.ts';
import { checkKey } from '../model/verdict.ts';
import type { Dispatcher, DispatcherEffects } from './dispatcher.ts';
import { type JudgedServer, ScheduledCheck } from './scheduled-check.ts';
import { ServerVerdict } from './server-verdict.ts';
import { type Tally, unasked } from './tally.ts';
import type { CheckTarget } from './target.ts';
import { Timetable } from './timetable.ts';

type RosterEffects = Pick<DispatcherEffects<ScheduledCheck>, 'now' | 'random'>;

/** Who is checked. A new spec takes over what the one before knew. */
export class Roster {
  /** By `checkKey`. */
  servers: ReadonlyMap<string, JudgedServer> = new Map();
  private readonly effects: RosterEffects;
  private readonly dispatcher: Dispatcher<ScheduledCheck>;

  constructor(effects: RosterEffects, dispatcher: Dispatcher<ScheduledCheck>) {
    this.effects = effects;
    this.dispatcher = dispatcher;
  }

  /** Has these checked, and no others, from the dispatcher's next run on; returns those whose checks are others now. */
  replace(targets: readonly CheckTarget[]): readonly JudgedServer[] {
    const before = this.servers;
    const changed: JudgedServer[] = [];
    this.servers = new Map(
      targets.map((target) => {
        const key = checkKey(target.server.service, target.server.server);
        const known = before.get(key);
        if (known === undefined) return [key, this.begin(target)];
        if (this.resume(known, target)) changed.push(known);
        return [key, known];
      }),
    );
    for (const [key, { checks }] of before) if (!this.servers.has(key)) this.forget(checks);
    return changed;
  }

  private begin(target: CheckTarget): JudgedServer {
    const server: JudgedServer = { target, verdict: new ServerVerdict(this.effects.now()), checks: [] };
    server.checks = target.check.checks.map((check) => this.schedule(server, { check, tally: unasked(target.seen) }));
    return server;
  }

  /** False: it is checked as before. */
  private resume(server: JudgedServer, target: CheckTarget): boolean {
    const { check: before } = server.target;
    server.target = target;
    if (isDeepStrictEqual(before, target.check)) return false;
    const former = new Map(server.checks.map((scheduled) => [scheduled.check.name, scheduled]));
    // A check that is new begins with what was known: a single answer is not to turn a verdict that stands.
    const tally = { opinion: server.verdict.said, contrary: 0 };
    server.checks = target.check.checks.map((check) => {
      const known = former.get(check.name);
      if (known === undefined) return this.schedule(server, { check, tally });
      former.delete(check.name);
      return this.adapt(known, { check, before });
    });
    this.forget([...former.values()]);
    return true;
  }

  /** The first question comes after a random part of the warm-up; from the second one on, the whole interval is used. */
  private schedule(
    server: JudgedServer,
    { check, tally }: { readonly check: NamedCheck; readonly tally: Tally },
  ): ScheduledCheck {
    const { intervalSeconds, warmupSeconds } = server.target.check;
    const now = this.effects.now();
    const part = this.effects.random();
    const timetable = new Timetable(now + part * intervalSeconds * 1000, intervalSeconds);
    const scheduled = new ScheduledCheck(server, { check, tally, timetable });
    this.dispatcher.wait(scheduled, now + part * Math.min(warmupSeconds, intervalSeconds) * 1000);
    return scheduled;
  }

  private adapt(
    known: ScheduledCheck,
    { check, before }: { readonly check: NamedCheck; readonly before: Check },
  ): ScheduledCheck {
    const { intervalSeconds } = known.server.target.check;
    const now = this.effects.now();
    const isRetimed = intervalSeconds !== before.intervalSeconds;
    const isAnother = !isDeepStrictEqual(check, known.check);
    const isCut = isAnother && known.asking !== null;
    if (isRetimed)
      known.timetable = new Timetable(now + this.effects.random() * intervalSeconds * 1000, intervalSeconds);
    if (isAnother) known.tally = { ...known.tally, contrary: 0 };
    known.check = check;
    if (isCut || (isRetimed && known.asking === null)) {
      this.forget([known]);
      this.dispatcher.wait(known, known.timetable.next(now, this.effects.random()));
    }
    return known;
  }

  private forget(checks: readonly ScheduledCheck[]): void {
    for (const check of checks) {
      this.dispatcher.remove(check);
      check.asking?.abort();
      check.asking = null;
    }
  }
}
