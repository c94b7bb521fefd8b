import { Checker, type CheckerEffects } from '../health/checker.ts';
import type { VerdictChange } from '../health/server-verdict.ts';
import { checkTargets } from '../health/target.ts';
import type { Desired } from '../model/desired.ts';
import { type KeepalivedDesired, NO_KEEPALIVED } from '../model/keepalived.ts';
import type { LiveTable } from '../model/live.ts';
import { serverKey } from '../model/table.ts';
import type { Answer, CheckedServer, Question, Verdicts } from '../model/verdict.ts';
import type { HealthChecks } from './health-checks.ts';
import type { Log } from './log-event.ts';

export interface RunningChecksEffects extends Omit<CheckerEffects, 'ask' | 'onVerdict' | 'onUnasked' | 'onLate'> {
  /** Asks one question; `keepalived` is where a spec says how scripts run, and where its files are. */
  ask(question: Question, about: { signal: AbortSignal; keepalived: KeepalivedDesired }): Promise<Answer>;
  readonly log: Log;
  /** Something is to be done about a real server now. */
  onVerdict(): void;
}

/** The checks of the daemon: asks the real servers of the spec it works towards, and says what they find, once each. */
export class RunningChecks implements HealthChecks {
  private readonly checker: Checker;
  private watched: Desired | null = null;

  constructor(effects: RunningChecksEffects) {
    this.checker = new Checker({
      ...effects,
      ask: (question, signal) =>
        effects.ask(question, { signal, keepalived: this.watched?.keepalived ?? NO_KEEPALIVED }),
      onVerdict: (change) => {
        logVerdict(change, effects.log);
        effects.onVerdict();
      },
      onUnasked: (server, error) => logFault(server, error, effects.log),
      onLate: ({ lateSeconds, intervalSeconds }) =>
        effects.log.warn(
          { event: 'checks-late', late_s: lateSeconds, interval_s: intervalSeconds },
          `checks are ${lateSeconds.toFixed(1)} s late: failures are found later than the spec promises`,
        ),
    });
  }

  watch(desired: Desired, live: LiveTable): void {
    if (this.watched === desired) return;
    this.watched = desired;
    this.checker.setTargets(checkTargets(desired.services, live));
  }

  verdicts(): Verdicts {
    return this.checker.verdicts();
  }

  stop(): void {
    this.checker.stop();
  }
}

function logVerdict({ server, before, after, lastedSeconds }: VerdictChange, log: Log): void {
  if (after.kind === 'unknown') return;
  const subject = `${server.serviceName}/${server.serverName}`;
  const address = serverKey(server.server);
  const { kind: to, detail } = after;
  const lasted = before.kind === 'unknown' ? {} : { lasted_s: Math.round(lastedSeconds) };
  const event = { event: 'verdict', subject, address, from: before.kind, to, detail, ...lasted } as const;
  const message = `${subject} ${address} is ${to}: ${detail}`;
  if (to === 'down') log.warn(event, message);
  else log.info(event, message);
}

function logFault({ serviceName, serverName }: CheckedServer, error: unknown, log: Log): void {
  const err = error instanceof Error ? error.message : String(error);
  const subject = `${serviceName}/${serverName}`;
  log.error({ event: 'check-fault', subject, err }, `${subject} cannot be checked, and stays as it is: ${err}`);
}
