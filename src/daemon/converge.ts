import type { Kernel } from '../host/kernel.ts';
import type { LiveTable } from '../model/live.ts';
import type { OwnedService, State } from '../model/state.ts';
import { stateAfter, stateBefore } from '../plan/journal.ts';
import type { Plan, PlannedChange, Step } from '../plan/plan.ts';
import { restrictPlan, serviceOfOperation, subjectOf, subjectOfOperation } from '../plan/subject.ts';
import { type Execution, execute, type StepResult } from './execute.ts';

/** What one approved plan is carried out with. */
export interface ConvergeEffects {
  readonly kernel: Kernel;
  /** Writes the state; on disk when it returns. */
  writeState(state: State): Promise<void>;
  now(): number;
  /**
   * Waits until draining servers are looked at again, and returns the state as it is then, since others may write it
   * meanwhile; null: go no further.
   */
  pause: (waiting: readonly PlannedChange[]) => Promise<State | null>;
  report(result: StepResult): void;
}

export interface ConvergeJob {
  readonly plan: Plan;
  readonly live: LiveTable;
  readonly state: State;
  /** The one planner, with everything but the table, the state and the clock already given. */
  readonly replan: (seen: { live: LiveTable; state: State; now: number }) => Plan;
  /** Names of the services that are ours when all is done. */
  readonly wanted: readonly OwnedService[];
}

export interface Outcome {
  readonly results: readonly StepResult[];
  /** What of the approved changes is still to do: nothing, when all went well. */
  readonly residual: readonly PlannedChange[];
  readonly live: LiveTable;
  readonly state: State;
  readonly interruption: unknown;
}

/** How often a plan is made anew because somebody else wrote the table in between. */
const MAX_RACES = 3;

/**
 * Carries out an approved plan until the table shows it: runs what can run now, reads, plans again, waits for drains,
 * and removes what has drained. Goes on with what was approved only; what came up since is for the next plan.
 */
export async function converge(job: ConvergeJob, effects: ConvergeEffects): Promise<Outcome> {
  const approved = new Set(job.plan.changes.map(subjectOf));
  const progress: Progress = { results: [], broken: new Set(), done: new Map(), races: 0 };
  let { plan, live, state } = job;
  for (;;) {
    ({ live, state } = await runRound(plan, { live, state, job, effects, progress }));
    const next = () => restrictPlan(job.replan({ live, state, now: effects.now() }), approved, progress.broken);
    plan = next();
    while (progress.interruption === undefined && plan.steps.length === 0 && plan.changes.length > 0) {
      const resumed = await effects.pause(plan.changes);
      if (resumed === null) return finish(job, { live, state, progress, approved, effects });
      state = resumed;
      live = await effects.kernel.read();
      plan = next();
    }
    if (progress.interruption !== undefined || plan.steps.length === 0)
      return finish(job, { live, state, progress, approved, effects });
  }
}

interface Progress {
  readonly results: StepResult[];
  /** Services that are left as they are, since a step of theirs failed. */
  readonly broken: Set<string>;
  /** How often each operation on each subject was done. */
  readonly done: Map<string, number>;
  races: number;
  interruption?: unknown;
}

interface Round {
  readonly live: LiveTable;
  readonly state: State;
  readonly job: ConvergeJob;
  readonly effects: ConvergeEffects;
  readonly progress: Progress;
}

async function runRound(
  plan: Plan,
  { live, state, job, effects, progress }: Round,
): Promise<{ live: LiveTable; state: State }> {
  const before = stateBefore(state, plan, effects.now());
  await effects.writeState(before);
  const execution = await execute(plan, { kernel: effects.kernel, live, report: effects.report });
  takeStock(execution, progress);
  const after = stateAfter(before, execution.live, job.wanted);
  await effects.writeState(after);
  return { live: execution.live, state: after };
}

/** A race is tried again, a refusal is not; a service that keeps failing is left alone, and said so. */
function takeStock(execution: Execution, progress: Progress): void {
  const failed = execution.results.filter(({ result }) => result === 'failed');
  const isRace = failed.length > 0 && failed.every((result) => result.isRace);
  progress.races += isRace ? 1 : 0;
  const retried = isRace && progress.races <= MAX_RACES;
  if (!retried) for (const { step } of failed) progress.broken.add(serviceOfOperation(step.operation));
  for (const { step, result } of execution.results) if (result === 'done') countDone(step, progress);
  progress.results.push(...execution.results.filter(({ result }) => result === 'done' || !retried));
  if (execution.interruption !== null) progress.interruption = execution.interruption;
}

/** Somebody who undoes each of our steps would keep us here for ever. */
function countDone({ operation }: Step, progress: Progress): void {
  const key = `${operation.op} ${subjectOfOperation(operation)}`;
  const times = (progress.done.get(key) ?? 0) + 1;
  progress.done.set(key, times);
  if (times > MAX_RACES) progress.broken.add(serviceOfOperation(operation));
}

function finish(job: ConvergeJob, end: Omit<Round, 'job'> & { approved: ReadonlySet<string> }): Outcome {
  const { live, state, progress, approved, effects } = end;
  const residual = restrictPlan(job.replan({ live, state, now: effects.now() }), approved, new Set()).changes;
  return { results: progress.results, residual, live, state, interruption: progress.interruption ?? null };
}
