import { formatOrigin } from '../model/origin.ts';
import type { Approval, Hazard, Plan, PlannedChange } from '../plan/plan.ts';
import { changeText } from '../view/change-text.ts';
import { plural } from '../view/wording.ts';
import { stepText } from '../view/step-text.ts';
import type { Outcome } from './converge.ts';
import type { StepResult } from './execute.ts';
import type { Log } from './log-event.ts';
import type { Target } from './target.ts';

/**
 * Says what the turns of the loop found and did, each thing once: a timer that finds the same drift or the same
 * refusal again is silent.
 */
export class ReconcileReport {
  private readonly log: Log;
  private trigger = '';
  private plan: Plan | null = null;
  private spec = '';
  private said = '';
  /** Apart from `said`: beside a refused spec, the one before is looked after, and that is news of its own. */
  private saidRefusals: ReadonlySet<string> = new Set();
  private refusals = new Set<string>();

  constructor(log: Log) {
    this.log = log;
  }

  begin({ trigger, plan, target }: { trigger: string; plan: Plan; target: Target }): void {
    this.trigger = trigger;
    this.plan = plan;
    this.spec = target.digest.slice(0, 12);
    this.saidRefusals = this.refusals;
    this.refusals = new Set();
  }

  inSync(): false {
    const event = { event: 'reconcile', trigger: this.trigger, result: 'noop', spec_sha256: this.spec } as const;
    if (this.isNews('in sync')) this.log.info(event, 'in sync: the live table is as the spec wants it');
    else this.log.debug(event, 'in sync');
    return false;
  }

  drift(): false {
    const { plan } = this;
    if (plan === null || !this.isNews(plan.digest)) return false;
    for (const change of plan.changes) this.driftLine(change, plan.digest);
    const event = {
      event: 'reconcile',
      trigger: this.trigger,
      result: 'noop',
      plan_checksum: plan.digest,
      spec_sha256: this.spec,
    } as const;
    const places = plural(plan.changes.length, 'place');
    this.log.warn(event, `the live table differs from the spec in ${places}; observing, so nothing is changed`);
    return false;
  }

  /** The spec is the one that held before, so somebody else changed the table. Our own drains are no drift. */
  repairing(): void {
    const { plan } = this;
    if (plan === null) return;
    const drifted = plan.changes.filter(({ manner }) => manner === 'now' || manner === 'quiesce');
    for (const change of drifted) this.driftLine(change, plan.digest);
  }

  notApproved(given: Approval): false {
    const { plan } = this;
    if (plan === null || !this.isNews(`not approved ${plan.digest}`)) return false;
    for (const change of plan.changes) this.driftLine(change, plan.digest);
    const event = {
      event: 'refused',
      guard: 'approve',
      subject: 'the plan',
      override: `--approve ${plan.approval}`,
      spec_sha256: this.spec,
    } as const;
    this.log.warn(event, `the plan needs the approval "${plan.approval}", and --approve ${given} does not cover it`);
    return false;
  }

  refused(target: Target, { refused, kept }: { refused: readonly Hazard[]; kept: Target | null }): void {
    const key = `${target.digest} ${refused.map(({ guard, subject }) => `${guard} ${subject}`).join()}`;
    const isNews = !this.saidRefusals.has(key) && !this.refusals.has(key);
    this.refusals.add(key);
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

  step({ step, result, message }: StepResult): void {
    const origin = step.origin === null ? {} : { origin: formatOrigin(step.origin) };
    const event = { event: 'step', op: step.operation.op, subject: step.label, result, ...origin } as const;
    const text = stepText(step).replace(/ +/g, ' ');
    if (result === 'done') this.log.info(event, text);
    else this.log.error({ ...event, err: message }, `${text}: ${message}`);
  }

  enforced({ results, residual, interruption }: Outcome, seconds: number): void {
    if (results.length === 0 && interruption === null) return;
    const failed = results.filter(({ result }) => result !== 'done').length;
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
      const err = interruption instanceof Error ? interruption.message : String(interruption);
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

  private driftLine(planned: PlannedChange, digest: string): void {
    const what = changeText(planned);
    this.log.warn({ event: 'drift', trigger: this.trigger, subject: planned.label, what, plan_checksum: digest }, what);
  }

  private isNews(what: string): boolean {
    if (this.said === what) return false;
    this.said = what;
    return true;
  }
}
