import type { Kernel } from '../host/kernel.ts';
import type { LiveTable } from '../model/live.ts';
import type { State } from '../model/state.ts';
import { covers } from '../plan/approval.ts';
import { type Permissions, refusals } from '../plan/guard.ts';
import { makePlan } from '../plan/make-plan.ts';
import { ownedService } from '../plan/owned.ts';
import type { Approval, Hazard, Plan, PlannedChange } from '../plan/plan.ts';
import { converge, type Outcome } from './converge.ts';
import type { Log } from './log-event.ts';
import { ReconcileReport } from './reconcile-report.ts';
import type { Target } from './target.ts';

/** Why the daemon looks now. */
export type Trigger = 'start' | 'spec-changed' | 'drift-timer' | 'drain' | 'sighup';

export interface ReconcileOptions {
  /** `observe` reports and changes nothing. */
  readonly mode: 'observe' | 'enforce';
  /** What may be done without asking anybody. */
  readonly approve: Approval;
  readonly permissions: Permissions;
  readonly drainSeconds: number | null;
}

/** The table under the lock, for one reconcile. */
export interface LockedTable {
  readonly kernel: Kernel;
  release(): Promise<void>;
}

export interface ReconcileEffects {
  /** For looking; no lock needed. */
  readonly kernel: Kernel;
  lock(): Promise<LockedTable>;
  readState(): Promise<State>;
  writeState(state: State): Promise<void>;
  saveSnapshot(live: LiveTable, state: State): Promise<unknown>;
  now(): number;
  readonly log: Log;
}

interface Seen {
  readonly live: LiveTable;
  readonly state: State;
  readonly now: number;
}

interface Choice {
  readonly target: Target;
  readonly plan: Plan;
}

/**
 * One turn of the loop: trigger -> read -> diff -> plan -> apply, by the planner that `plan` and `apply` use. The
 * caller sees to it that there is never more than one turn at a time.
 */
export class Reconciler {
  private accepted: Target | null = null;
  private candidate: Target | null = null;
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
    this.candidate = target;
  }

  /** Reads, plans, and reports or repairs. True: servers are draining, so look again soon. */
  async reconcile(trigger: Trigger): Promise<boolean> {
    if (this.candidate === null && this.accepted === null) return false;
    if (this.options.mode === 'observe') return this.turn(trigger, this.effects.kernel);
    const table = await this.effects.lock();
    try {
      return await this.turn(trigger, table.kernel);
    } finally {
      await table.release();
    }
  }

  private async turn(trigger: Trigger, kernel: Kernel): Promise<boolean> {
    const now = this.effects.now();
    const seen = { live: await kernel.read(), state: await this.effects.readState(), now };
    const choice = this.choose(seen);
    if (choice === null) return false;
    this.report.begin({ trigger, ...choice });
    if (this.options.mode === 'observe') this.accept(choice.target);
    if (choice.plan.changes.length === 0) return this.inSync(choice, seen.state);
    if (this.options.mode === 'observe') return this.report.drift();
    if (!covers(this.options.approve, choice.plan.approval)) return this.report.notApproved(this.options.approve);
    if (choice.target === this.accepted) this.report.repairing();
    const outcome = await this.enforce(choice, { seen, kernel });
    this.report.enforced(outcome, (this.effects.now() - now) / 1000);
    return outcome.residual.some(isDraining);
  }

  /** A new spec that a guard refuses does not replace the one before: that one is kept true meanwhile. */
  private choose(seen: Seen): Choice | null {
    for (const target of [this.candidate, this.accepted]) {
      if (target === null) continue;
      const plan = this.planFor(target, seen);
      const refused = oncePerSubject(refusals([...this.hazardsSince(target, seen), ...plan.hazards]));
      if (refused.length === 0) return { target, plan };
      this.report.refused(target, { refused, kept: target === this.candidate ? this.accepted : null });
    }
    return null;
  }

  /**
   * A new spec is measured by the one before it too, and not by the live table alone: else one that was refused would
   * pass as soon as somebody takes servers away by hand.
   */
  private hazardsSince(target: Target, seen: Seen): readonly Hazard[] {
    if (this.accepted === null || this.accepted === target) return [];
    const services = this.accepted.desired.services.filter(({ owner }) => owner === 'lvsctl');
    return this.planFor(target, { ...seen, live: { ...seen.live, services } }).hazards;
  }

  private planFor(target: Target, seen: Seen): Plan {
    const { permissions, drainSeconds } = this.options;
    const drain = drainSeconds === null ? {} : { drainSeconds };
    return makePlan({ ...seen, ...drain, desired: target.desired, specTime: target.time, permissions });
  }

  private accept(target: Target): void {
    this.accepted = target;
    if (this.candidate === target) this.candidate = null;
  }

  private async inSync(choice: Choice, state: State): Promise<false> {
    this.accept(choice.target);
    if (this.options.mode === 'enforce') await this.remember(state, choice);
    return this.report.inSync();
  }

  private async enforce(choice: Choice, { seen, kernel }: { seen: Seen; kernel: Kernel }): Promise<Outcome> {
    const { target, plan } = choice;
    const { writeState, saveSnapshot, now } = this.effects;
    if (plan.steps.length > 0) await saveSnapshot(seen.live, seen.state);
    const outcome = await converge(
      {
        plan,
        live: seen.live,
        state: seen.state,
        replan: (again) => this.planFor(target, again),
        wanted: target.desired.services.map(ownedService),
      },
      { kernel, writeState, now, pause: async () => null, report: (result) => this.report.step(result) },
    );
    if (!isComplete(outcome)) return outcome;
    this.accept(target);
    await this.remember(outcome.state, choice);
    return outcome;
  }

  /** What the guards measure the next spec by; written only when it is news. */
  private async remember(state: State, { plan, target }: Choice): Promise<void> {
    const known = new Set(state.owned.map(({ key }) => key));
    const adopted = plan.adopted.filter(({ key }) => !known.has(key));
    const released = new Set(plan.released.map(({ key }) => key));
    if (adopted.length + released.size === 0 && state.specDigest === target.digest) return;
    await this.effects.writeState({
      ...state,
      owned: [...state.owned, ...adopted].filter(({ key }) => !released.has(key)),
      generation: target.desired.generation ?? state.generation,
      specTime: target.time ?? state.specTime,
      specDigest: target.digest,
      appliedAt: this.effects.now(),
    });
  }
}

function oncePerSubject(hazards: readonly Hazard[]): Hazard[] {
  return [...new Map(hazards.map((hazard) => [`${hazard.guard} ${hazard.subject}`, hazard])).values()];
}

/** Draining is no failure: it goes on in the next turns. */
function isComplete({ results, residual, interruption }: Outcome): boolean {
  const failed = interruption !== null || results.some(({ result }) => result !== 'done');
  return !failed && residual.every(isDraining);
}

function isDraining({ manner }: PlannedChange): boolean {
  return manner === 'wait' || manner === 'quiesce' || manner === 'remove';
}
