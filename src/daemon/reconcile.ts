import type { Kernel } from '../host/kernel.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import type { State } from '../model/state.ts';
import { covers } from '../plan/approval.ts';
import { type Permissions, refusals } from '../plan/guard.ts';
import { isEmpty } from '../plan/is-empty.ts';
import { makePlan } from '../plan/make-plan.ts';
import { ownedService } from '../plan/owned.ts';
import type { Approval, Hazard, Plan } from '../plan/plan.ts';
import { attemptState } from '../plan/spec-marks.ts';
import { restrictPlan, subjectOf } from '../plan/subject.ts';
import { converge, type Outcome } from './converge.ts';
import type { Ending } from './history-entry.ts';
import type { ReconcileEffects } from './reconcile-effects.ts';
import { ReconcileReport } from './reconcile-report.ts';
import type { TurnEnd } from './reload-end.ts';
import { rememberedState } from './remembered-state.ts';
import type { Target } from './target.ts';
import { Targets } from './targets.ts';
import type { Trigger } from './trigger.ts';
import { isComplete, isDraining, resultOf } from './turn-outcome.ts';

export interface ReconcileOptions {
  /** `observe` reports and changes nothing. */
  readonly mode: 'observe' | 'enforce';
  /** What may be done without asking anybody. */
  readonly approve: Approval;
  readonly permissions: Permissions;
  readonly drainSeconds: number | null;
}

interface Seen {
  readonly live: LiveTable;
  readonly state: State;
  readonly overrides: readonly Override[];
  readonly now: number;
}

interface Choice {
  readonly target: Target;
  readonly plan: Plan;
  readonly conf: ConfChange | null | undefined;
}

/**
 * One turn of the loop: trigger -> read -> diff -> plan -> apply, by the planner that `plan` and `apply` use. The
 * caller sees to it that there is never more than one turn at a time.
 */
export class Reconciler {
  private readonly targets = new Targets();
  private failedConf: string | null = null;
  private readonly options: ReconcileOptions;
  private readonly effects: ReconcileEffects;
  private readonly report: ReconcileReport;

  constructor(options: ReconcileOptions, effects: ReconcileEffects) {
    this.options = options;
    this.effects = effects;
    this.report = new ReconcileReport(effects.log);
  }

  /** A new spec that was read and found valid. It counts once a plan for it got past the guards. */
  take(target: Target): void {
    this.targets.candidate = target;
  }

  /** The spec that counts: the one that is kept true, else the one that waits to be. */
  get target(): Target | null {
    return this.targets.accepted ?? this.targets.candidate;
  }

  /** How the last turn ended. */
  get end(): TurnEnd {
    return this.report.end;
  }

  /** Reads, plans, and reports or repairs. True: servers drain or start slowly, so look again soon. */
  async reconcile(trigger: Trigger): Promise<boolean> {
    // Without a spec of its own it takes back all the same: that is done under the lock.
    if (this.targets.isEmpty && trigger !== 'unconfirmed') return false;
    if (this.options.mode === 'observe') return this.turn(trigger, this.effects.kernel);
    const table = await this.effects.lock();
    try {
      return await this.turn(trigger, table.kernel);
    } finally {
      await table.release();
    }
  }

  private async turn(trigger: Trigger, kernel: Kernel): Promise<boolean> {
    this.report.startTurn();
    const now = this.effects.now();
    const { readState, readOverrides } = this.effects;
    const seen = { live: await kernel.read(), state: await readState(), overrides: await readOverrides(), now };
    const choice = await this.choose(seen);
    if (choice === null) return false;
    this.effects.checks.watch(choice.target.desired, seen.live);
    this.report.begin({ trigger, ...choice });
    if (this.options.mode === 'observe') this.targets.accept(choice.target);
    const isRamping = choice.plan.standings.some(({ standing }) => standing.kind === 'ramping');
    if (isEmpty(choice.plan)) return (await this.inSync(choice, seen.state)) || isRamping;
    if (this.options.mode === 'observe') return this.report.drift();
    const isDraining = covers(this.options.approve, choice.plan.approval)
      ? await this.enforceAll(choice, { seen, kernel })
      : await this.enforceVerdicts(choice, { seen, kernel });
    return isDraining || isRamping;
  }

  private async enforceAll(choice: Choice, { seen, kernel }: { seen: Seen; kernel: Kernel }): Promise<boolean> {
    const { target, plan } = choice;
    if (target === this.targets.accepted) this.report.repairing();
    const isOfSpec = plan.conf !== null || plan.changes.some(({ cause }) => cause === null);
    // What checks find is nobody's change, and would soon be all there is of snapshots and history.
    if (isOfSpec && plan.steps.length > 0) await this.effects.saveSnapshot({ ...choice, ...seen });
    const state = attemptState(seen.state, target);
    const outcome = await this.enforce(choice, { seen: { ...seen, state }, kernel });
    if (isComplete(outcome) && plan.conf === null) {
      this.targets.accept(target);
      await this.remember(outcome.state, choice);
    }
    const conf = isComplete(outcome) ? await this.enforceConf(choice, { kernel, outcome }) : null;
    if (isOfSpec) await this.effects.record({ outcome, conf, result: resultOf(outcome, conf) }, target);
    return outcome.residual.some(isDraining);
  }

  /** What the spec wants waits for somebody's approval; what checks found does not. */
  private async enforceVerdicts(choice: Choice, { seen, kernel }: { seen: Seen; kernel: Kernel }): Promise<boolean> {
    this.report.notApproved(this.options.approve);
    const found = choice.plan.changes.filter(({ approval }) => approval === 'none');
    if (found.length === 0) return false;
    const part = restrictPlan(choice.plan, new Set(found.map(subjectOf)), new Set());
    const plan = { ...part, adopted: [], released: [] };
    const outcome = await this.enforce({ ...choice, plan }, { seen, kernel });
    return outcome.residual.some(isDraining);
  }

  /** A new spec that a guard refuses does not replace the one before: that one is kept true meanwhile. */
  private async choose(seen: Seen): Promise<Choice | null> {
    const { state } = seen;
    if (!this.options.permissions.rejected)
      await this.targets.dropRejected(state, () => this.effects.appliedSpec(state));
    const trial = await this.effects.trial();
    for (const target of this.targets.inOrder) {
      if (trial.kind === 'armed' && trial.specDigest !== target.digest) {
        this.report.waiting(target, trial);
        continue;
      }
      const conf = await this.effects.keepalived.look(target.desired, seen.state);
      const plan = this.planFor(target, { ...seen, conf });
      const refused = oncePerSubject(refusals([...this.hazardsSince(target, seen), ...plan.hazards]));
      if (refused.length === 0) return { target, plan, conf };
      this.report.refused(target, { refused, kept: target === this.targets.candidate ? this.targets.accepted : null });
    }
    return null;
  }

  /**
   * A new spec is measured by the one before it too, and not by the live table alone: else one that was refused would
   * pass as soon as somebody takes servers away by hand.
   */
  private hazardsSince(target: Target, seen: Seen): readonly Hazard[] {
    const { accepted } = this.targets;
    if (accepted === null || accepted === target) return [];
    const services = accepted.desired.services.filter(({ owner }) => owner === 'lvsctl');
    return this.planFor(target, { ...seen, live: { ...seen.live, services } }).hazards;
  }

  private planFor(target: Target, { conf, ...seen }: Seen & { conf?: ConfChange | null | undefined }): Plan {
    const { permissions, drainSeconds } = this.options;
    const drain = drainSeconds === null ? {} : { drainSeconds };
    const change = conf === undefined ? {} : { conf };
    const verdicts = this.effects.checks.verdicts();
    return makePlan({
      ...{ ...seen, ...drain, ...change, verdicts, permissions },
      ...{ desired: target.desired, specDigest: target.digest, specTime: target.revision?.time ?? null },
    });
  }

  private async inSync(choice: Choice, state: State): Promise<false> {
    this.targets.accept(choice.target);
    if (this.options.mode === 'enforce') await this.remember(state, choice);
    return this.report.inSync();
  }

  private async enforce(choice: Choice, { seen, kernel }: { seen: Seen; kernel: Kernel }): Promise<Outcome> {
    const { target, plan } = choice;
    const { writeState, now } = this.effects;
    const outcome = await converge(
      {
        plan,
        live: seen.live,
        state: seen.state,
        replan: (again) => this.planFor(target, { ...again, overrides: seen.overrides, conf: choice.conf }),
        wanted: target.desired.services.map(ownedService),
      },
      { kernel, writeState, now, pause: async () => null, report: (result) => this.report.step(result) },
    );
    this.report.enforced(outcome, (now() - seen.now) / 1000);
    return outcome;
  }

  /** A file that keepalived did not take is not tried again and again: it is said once, until the file is another. */
  private async enforceConf(
    choice: Choice,
    { kernel, outcome }: { kernel: Kernel; outcome: Outcome },
  ): Promise<Ending['conf']> {
    const { target, plan } = choice;
    const { conf } = plan;
    // What still drains would be cut by a VIP that leaves; the next turn sees to it.
    if (conf === null || conf.after === this.failedConf || outcome.residual.length > 0) return null;
    // Else there is one from before the steps.
    if (plan.steps.length === 0) await this.effects.saveSnapshot({ ...choice, ...outcome });
    const end = await this.effects.keepalived.carryOut(conf, {
      desired: target.desired,
      maintenance: outcome.state.maintenance,
      isTested: false,
      kernel,
      remember: (pendingConf) => this.effects.writeState({ ...outcome.state, pendingConf }),
    });
    this.report.conf(conf, end);
    this.failedConf = end.result === 'done' ? null : conf.after;
    if (end.result === 'done') {
      this.targets.accept(target);
      await this.remember({ ...outcome.state, pendingConf: null }, choice);
    }
    return { change: conf, end };
  }

  /** Written only when it is news. */
  private async remember(state: State, { plan, target }: Choice): Promise<void> {
    await this.effects.keepSpec(target);
    const next = rememberedState(state, { plan, target, now: this.effects.now() });
    if (next !== null) await this.effects.writeState(next);
  }
}

function oncePerSubject(hazards: readonly Hazard[]): Hazard[] {
  return [...new Map(hazards.map((hazard) => [`${hazard.guard} ${hazard.subject}`, hazard])).values()];
}
