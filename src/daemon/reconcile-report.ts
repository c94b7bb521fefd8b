import type { ConfChange } from '../model/conf-change.ts';
import { formatOrigin } from '../model/origin.ts';
import type { Armed } from '../model/trial.ts';
import type { Approval, Hazard, Plan, PlannedChange } from '../plan/plan.ts';
import { changeText } from '../view/change-text.ts';
import { plural } from '../view/wording.ts';
import { stepText } from '../view/step-text.ts';
import { CapacityReport } from './capacity-report.ts';
import { CONF_DONE, CONF_FAILED } from './conf-log-words.ts';
import type { Outcome } from './converge.ts';
import type { StepResult } from './execute.ts';
import type { Log } from './log-event.ts';
import type { TurnEnd } from './reload-end.ts';
import type { ConfOutcome } from './replace-conf.ts';
import type { Target } from './target.ts';

/**
 * Says what the turns of the loop found and did, each thing once: a timer that finds the same drift or the same
 * refusal again is silent.
 */
export class ReconcileReport {
  private readonly log: Log;
  private trigger = '';
  private plan: Plan | null = null;
  /** Labels of the real servers that checks had a say about in the turn before: their return is no drift. */
  private checked: ReadonlySet<string> = new Set();
  private spec = '';
  private said = '';
  /** Apart from `said`: beside a refused spec, the one before is looked after, and that is news of its own. */
  private saidRefusals: ReadonlySet<string> = new Set();
  private refusals = new Set<string>();
  private refusedNow: readonly string[] = [];
  private ended: TurnEnd = { kind: 'in-sync' };
  private readonly capacity: CapacityReport;

  constructor(log: Log) {
    this.log = log;
    this.capacity = new CapacityReport(log);
  }

  startTurn(): void {
    this.refusedNow = [];
    this.ended = { kind: 'in-sync' };
  }

  /** How the last turn ended; a spec that was refused is the news, whatever became of the one before. */
  get end(): TurnEnd {
    return this.refusedNow.length > 0 ? { kind: 'refused', messages: this.refusedNow } : this.ended;
  }

  begin({ trigger, plan, target }: { trigger: string; plan: Plan; target: Target }): void {
    this.trigger = trigger;
    this.checked = new Set(this.plan?.standings.map(({ label }) => label));
    this.plan = plan;
    this.spec = target.digest.slice(0, 12);
    this.saidRefusals = this.refusals;
    this.refusals = new Set();
    this.capacity.look(plan);
  }

  inSync(): false {
    const event = { event: 'reconcile', trigger: this.trigger, result: 'noop', spec_sha256: this.spec } as const;
    if (this.isNews('in sync')) this.log.info(event, 'in sync: the live table is as the spec wants it');
    else this.log.debug(event, 'in sync');
    return false;
  }

  drift(): false {
    const { plan } = this;
    if (plan === null) return false;
    const count = plan.changes.length + (plan.conf === null ? 0 : 1);
    this.ended = { kind: 'drift', places: count };
    if (!this.isNews(plan.digest)) return false;
    for (const change of plan.changes) this.driftLine(change, plan.digest);
    if (plan.conf !== null) this.confDriftLine(plan.conf, plan.digest);
    const event = {
      event: 'reconcile',
      trigger: this.trigger,
      result: 'noop',
      plan_checksum: plan.digest,
      spec_sha256: this.spec,
    } as const;
    this.log.warn(
      event,
      `the live table differs from the spec in ${plural(count, 'place')}; observing, so nothing is changed`,
    );
    return false;
  }

  /**
   * The spec is the one that held before, so somebody else changed the table. Our own drains are no drift, nor is what
   * comes of a verdict.
   */
  repairing(): void {
    const { plan } = this;
    if (plan === null) return;
    const drifted = plan.changes.filter(
      ({ label, manner, cause }) =>
        cause === null && !this.checked.has(label) && (manner === 'now' || manner === 'quiesce'),
    );
    for (const change of drifted) this.driftLine(change, plan.digest);
  }

  notApproved(given: Approval): false {
    const { plan } = this;
    if (plan === null) return false;
    const message = `the plan needs the approval "${plan.approval}", and --approve ${given} does not cover it`;
    this.refusedNow = [message];
    if (!this.isNews(`not approved ${plan.digest}`)) return false;
    for (const change of plan.changes) this.driftLine(change, plan.digest);
    const event = {
      event: 'refused',
      guard: 'approve',
      subject: 'the plan',
      override: `--approve ${plan.approval}`,
      spec_sha256: this.spec,
    } as const;
    this.log.warn(event, message);
    return false;
  }

  refused(target: Target, { refused, kept }: { refused: readonly Hazard[]; kept: Target | null }): void {
    const key = `${target.digest} ${refused.map(({ guard, subject }) => `${guard} ${subject}`).join()}`;
    const isNews = this.isNewRefusal(key);
    this.refusedNow = [
      ...this.refusedNow,
      ...refused.map(
        ({ guard, subject, message, override }) =>
          `${subject} ${message} (guard ${guard}); if it is intended: ${override}`,
      ),
    ];
    if (!isNews) return;
    for (const { guard, subject, message, override } of refused) {
      const keeping = kept === null ? {} : { kept_spec_sha256: kept.digest.slice(0, 12) };
      const event = {
        event: 'refused',
        guard,
        subject,
        override,
        spec_sha256: target.digest.slice(0, 12),
        ...keeping,
      } as const;
      const rest = kept === null ? 'nothing is changed' : 'keeping the last good spec';
      this.log.warn(event, `${subject} ${message}: refused, ${rest}; if it is intended: ${override}`);
    }
  }

  /** An apply of another spec is on trial. */
  waiting(target: Target, { specDigest, author }: Armed): void {
    const text = `the apply of ${author} waits for lvsctl confirm: nothing is changed until then`;
    this.refusedNow = [...this.refusedNow, text];
    if (!this.isNewRefusal(`${target.digest} waits for ${specDigest}`)) return;
    const event = { event: 'refused', guard: 'unconfirmed', subject: 'the spec', override: 'lvsctl confirm' } as const;
    this.log.warn({ ...event, spec_sha256: target.digest.slice(0, 12) }, text);
  }

  private isNewRefusal(key: string): boolean {
    const isNews = !this.saidRefusals.has(key) && !this.refusals.has(key);
    this.refusals.add(key);
    return isNews;
  }

  step({ step, result, message }: StepResult): void {
    const origin = step.origin === null ? {} : { origin: formatOrigin(step.origin) };
    const event = { event: 'step', op: step.operation.op, subject: step.label, result, ...origin } as const;
    const text = stepText(step).replace(/ +/g, ' ');
    if (result === 'done') this.log.info(event, text);
    else this.log.error({ ...event, err: message }, `${text}: ${message}`);
  }

  enforced({ results, residual, interruption }: Outcome, seconds: number): void {
    const failed = results.filter(({ result }) => result !== 'done').length;
    this.ended = endOf({ failed, residual: residual.length, interruption });
    if (results.length === 0 && interruption === null) return;
    const counts = { done: results.length - failed, failed, duration_ms: Math.round(seconds * 1000) };
    const about = {
      event: 'reconcile',
      trigger: this.trigger,
      spec_sha256: this.spec,
      plan_checksum: this.plan?.digest ?? '',
      ...counts,
    } as const;
    this.said = '';
    if (interruption !== null) {
      const err = textOf(interruption);
      this.log.error({ ...about, result: 'error', err }, `broke off: ${err}`);
    } else if (failed > 0)
      this.log.error({ ...about, result: 'error' }, `${failed} of ${results.length} operations failed`);
    else if (residual.length > 0)
      this.log.info(
        { ...about, result: 'draining' },
        `applied ${plural(counts.done, 'operation')}; still draining: ${residual.map(({ label }) => label).join(', ')}`,
      );
    else
      this.log.info(
        { ...about, result: 'changed' },
        `applied ${plural(counts.done, 'operation')}; the live table is as the spec wants it`,
      );
  }

  conf({ action, path }: ConfChange, end: ConfOutcome): void {
    const event = { event: 'keepalived', result: end.result, action, path } as const;
    if (end.result !== 'done') this.ended = { kind: 'failed', message: `${path}: ${CONF_FAILED[end.result]}` };
    this.said = '';
    if (end.result === 'done') {
      this.log.info(event, CONF_DONE[end.loaded ? 'loaded' : 'written'](path));
    } else {
      const err = end.reasons.join('; ');
      this.log.error({ ...event, err }, `${path}: ${CONF_FAILED[end.result]}: ${err}`);
    }
  }

  private driftLine(planned: PlannedChange, digest: string): void {
    const what = changeText(planned);
    this.log.warn({ event: 'drift', trigger: this.trigger, subject: planned.label, what, plan_checksum: digest }, what);
  }

  private confDriftLine({ director, path }: ConfChange, plan_checksum: string): void {
    const what = `${path} is not as the spec wants it for ${director}`;
    this.log.warn({ event: 'drift', trigger: this.trigger, subject: 'keepalived.conf', what, plan_checksum }, what);
  }

  private isNews(what: string): boolean {
    if (this.said === what) return false;
    this.said = what;
    return true;
  }
}

function endOf({
  failed,
  residual,
  interruption,
}: {
  failed: number;
  residual: number;
  interruption: unknown;
}): TurnEnd {
  if (interruption !== null) return { kind: 'failed', message: `it broke off: ${textOf(interruption)}` };
  if (failed > 0) return { kind: 'failed', message: `${plural(failed, 'operation')} failed` };
  return { kind: residual > 0 ? 'draining' : 'changed' };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
