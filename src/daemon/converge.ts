import type { Kernel } from '../host/kernel.ts';
import type { LiveTable } from '../model/live.ts';
import type { OwnedService, State } from '../model/state.ts';
import { stateAfter, stateBefore } from '../plan/journal.ts';
import type { Plan, PlannedChange, Step } from '../plan/plan.ts';
import { restrictPlan, subjectOf, subjectOfOperation, subjectsOf, unitsOfStep } from '../plan/subject.ts';
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
  /** What somebody else made differ since the approval: for the next plan. */
  readonly arisen: readonly PlannedChange[];
  readonly live: LiveTable;
  readonly state: State;
  readonly interruption: unknown;
}

/** How often a plan is made anew because somebody else wrote the table in between. */
const MAX_RACES = 3;

/**
 * Carries out an approved plan until the table shows it: runs what can run now, reads, plans again, waits for drains,
 * and removes what has drained. Goes on with what was approved only; what came up since is for the next plan.
 *
 * Whatever the effects throw ends it, and is told with what was done until then.
 */
export async function converge(job: ConvergeJob, effects: ConvergeEffects): Promise<Outcome> {
  const run: Run = {
    job,
    effects,
    approved: subjectsOf(job.plan),
    progress: { results: [], broken: new Set(), races: new Map(), done: new Map(), interruption: null },
    live: job.live,
    state: job.state,
  };
  try {
    await carryOn(run);
  } catch (interruption) {
    run.progress.interruption ??= interruption;
  }
  const { live, state, progress, approved } = run;
  const { changes } = planAgain(run);
  const isApproved = (planned: PlannedChange) => approved.has(subjectOf(planned));
  return {
    results: progress.results,
    residual: changes.filter(isApproved),
    arisen: changes.filter((planned) => !isApproved(planned)),
    live,
    state,
    interruption: progress.interruption,
  };
}

interface Run {
  readonly job: ConvergeJob;
  readonly effects: ConvergeEffects;
  readonly approved: ReadonlySet<string>;
  readonly progress: Progress;
  /** As the last read found it. */
  live: LiveTable;
  /** As it was written last. */
  state: State;
}

interface Progress {
  readonly results: StepResult[];
  /** Services that are left as they are, since a step of theirs failed. */
  readonly broken: Set<string>;
  /** How often each service was tried again. */
  readonly races: Map<string, number>;
  /** How often each operation on each subject was done. */
  readonly done: Map<string, number>;
  interruption: unknown;
}

async function carryOn(run: Run): Promise<void> {
  let whole = run.job.plan;
  for (let round = 0; ; round += 1) {
    const plan = restrictPlan(whole, run.approved, run.progress.broken);
    if (plan.steps.length > 0 || round === 0) await runRound(run, { plan, whole });
    else if (!plan.changes.some(({ manner }) => manner === 'wait') || !(await waitAWhile(run, plan))) return;
    if (run.progress.interruption !== null) return;
    whole = planAgain(run);
  }
}

function planAgain({ job, effects, live, state }: Run): Plan {
  return job.replan({ live, state, now: effects.now() });
}

/** False: nobody waits here any longer. */
async function waitAWhile(run: Run, { changes }: Plan): Promise<boolean> {
  const state = await run.effects.pause(changes);
  if (state === null) return false;
  run.state = state;
  run.live = await run.effects.kernel.read();
  return true;
}

async function runRound(run: Run, { plan, whole }: { plan: Plan; whole: Plan }): Promise<void> {
  const { kernel, writeState, report, now } = run.effects;
  const before = stateBefore(run.state, plan, { now: now(), whole });
  await writeState(before);
  run.state = before;
  const execution = await execute(plan, { kernel, live: run.live, report });
  run.live = execution.live;
  takeStock(execution, run.progress);
  const after = stateAfter(before, execution.live, run.job.wanted);
  await writeState(after);
  run.state = after;
}

/** A race is tried again, a refusal is not; a service that keeps failing is left alone, and said so. The others go on. */
function takeStock({ results, interruption }: Execution, progress: Progress): void {
  const failed = results.filter(({ result }) => result === 'failed');
  const { again, givenUp } = countRaces(failed, progress);
  const isTriedAgain = (units: readonly string[]) =>
    interruption === null && units.some((unit) => again.has(unit)) && !units.some((unit) => givenUp.has(unit));
  const final = results.filter(({ step, result }) => result === 'done' || !isTriedAgain(unitsOfStep(step)));
  for (const { step, result } of final) if (result === 'failed') breakOff(step, progress);
  for (const { step, result } of final) if (result === 'done') countDone(step, progress);
  progress.results.push(...final);
  progress.interruption = interruption;
}

/** `again`: what failed only since somebody else wrote too, and not too often; `givenUp`: the rest. */
function countRaces(
  failed: readonly StepResult[],
  { races }: Progress,
): { again: ReadonlySet<string>; givenUp: ReadonlySet<string> } {
  const units = new Set(failed.flatMap(({ step }) => unitsOfStep(step)));
  for (const unit of units) races.set(unit, (races.get(unit) ?? 0) + 1);
  const refused = failed.filter(({ isRace }) => !isRace).flatMap(({ step }) => unitsOfStep(step));
  const givenUp = new Set([...units].filter((unit) => refused.includes(unit) || (races.get(unit) ?? 0) > MAX_RACES));
  return { again: units.difference(givenUp), givenUp };
}

/** Somebody who undoes each of our steps would keep us here for ever. */
function countDone(step: Step, progress: Progress): void {
  const key = `${step.operation.op} ${subjectOfOperation(step.operation)}`;
  const times = (progress.done.get(key) ?? 0) + 1;
  progress.done.set(key, times);
  if (times > MAX_RACES) breakOff(step, progress);
}

function breakOff(step: Step, { broken }: Progress): void {
  for (const unit of unitsOfStep(step)) broken.add(unit);
}
