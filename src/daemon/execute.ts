import type { Kernel, OperationFailure } from '../host/kernel.ts';
import type { LiveTable } from '../model/live.ts';
import { serviceKey } from '../model/table.ts';
import { indexLive, tookEffect } from '../plan/effect.ts';
import type { Phase, Plan, Step } from '../plan/plan.ts';
import { unitsOfStep } from '../plan/subject.ts';

/** What became of one step. `skipped`: an earlier step of the same service failed, so it was not tried. */
export interface StepResult {
  readonly step: Step;
  readonly result: 'done' | 'failed' | 'skipped';
  /** The tool's words, or ours where it had none. */
  readonly message: string;
  /** Somebody else changed the table in between: read again and plan again. */
  readonly isRace: boolean;
}

export interface Execution {
  readonly results: readonly StepResult[];
  /** The table as the last read found it. */
  readonly live: LiveTable;
  /** What broke the run off, when something did: an OperationError, as a rule. */
  readonly interruption: unknown;
}

const PHASES: readonly Phase[] = [1, 2, 3, 4, 5, 6];

/**
 * Runs the steps of a plan, phase by phase, each as one batch; reads the table after each and judges by that alone,
 * since `ipvsadm -R` exits with the status of its last line. A service whose step failed gets no later step: what is
 * to be removed must not go when what replaces it did not come. The others go on.
 */
export async function execute(
  plan: Pick<Plan, 'steps'>,
  { kernel, live, report }: { kernel: Kernel; live: LiveTable; report: (result: StepResult) => void },
): Promise<Execution> {
  const results: StepResult[] = [];
  const broken = new Set<string>();
  let latest = live;
  for (const phase of PHASES) {
    const steps = plan.steps.filter((step) => step.phase === phase);
    const tried = steps.filter((step) => !unitsOfStep(step).some((unit) => broken.has(unit)));
    const ran = await runPhase(tried, kernel);
    const skipped = steps.filter((step) => !tried.includes(step)).map((step) => skip(step, SKIPPED));
    for (const result of [...ran.results, ...skipped]) {
      if (result.result === 'failed') for (const unit of unitsOfStep(result.step)) broken.add(unit);
      results.push(result);
      report(result);
    }
    latest = ran.live ?? latest;
    if (ran.interruption !== null)
      return { results: [...results, ...notReached(plan, phase)], live: latest, interruption: ran.interruption };
  }
  return { results, live: latest, interruption: null };
}

interface PhaseRun {
  readonly results: readonly StepResult[];
  readonly live: LiveTable | null;
  readonly interruption: unknown;
}

async function runPhase(steps: readonly Step[], kernel: Kernel): Promise<PhaseRun> {
  if (steps.length === 0) return { results: [], live: null, interruption: null };
  try {
    const failures = await kernel.run(steps.map((step) => step.operation));
    const live = await kernel.read();
    return { results: judge(steps, { failures, live }), live, interruption: null };
  } catch (interruption) {
    return { results: steps.map((step) => skip(step, UNKNOWN)), live: null, interruption };
  }
}

function judge(steps: readonly Step[], seen: { failures: readonly OperationFailure[]; live: LiveTable }): StepResult[] {
  const table = indexLive(seen.live);
  const failures = new Map(seen.failures.map((failure) => [failure.index, failure]));
  const missing = new Set<string>();
  return steps.map((step, index): StepResult => {
    const { operation } = step;
    if (tookEffect(operation, table)) return { step, result: 'done', message: '', isRace: false };
    // One cause, one failure: servers cannot be added to a service that could not.
    if (operation.op === 'add-server' && missing.has(serviceKey(operation.service))) return skip(step, SKIPPED);
    if (operation.op === 'add-service') missing.add(serviceKey(operation.service));
    const failure = failures.get(index);
    const isRace = failure === undefined || failure.kind === 'exists' || failure.kind === 'missing';
    return { step, result: 'failed', message: failure?.message ?? UNSEEN, isRace };
  });
}

const SKIPPED = 'not tried, since an earlier step of the same service failed';
const UNSEEN = 'ipvsadm reported no error, but the table does not show it';
const UNKNOWN = 'not known whether applied, since ipvsadm broke off or the table could not be read afterwards';
const NOT_REACHED = 'not tried, since an earlier phase broke off';

function skip(step: Step, message: string): StepResult {
  return { step, result: 'skipped', message, isRace: false };
}

function notReached(plan: Pick<Plan, 'steps'>, phase: Phase): StepResult[] {
  return plan.steps.filter((step) => step.phase > phase).map((step) => skip(step, NOT_REACHED));
}
