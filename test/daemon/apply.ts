import { converge, type Outcome } from '../../src/daemon/converge.ts';
import type { StepResult } from '../../src/daemon/execute.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { State } from '../../src/model/state.ts';
import { serviceKey } from '../../src/model/table.ts';
import { NO_PERMISSIONS, type Permissions } from '../../src/plan/guard.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { MemoryKernel } from './memory-kernel.ts';

/** All that outlives one lvsctl. */
export interface Place {
  readonly kernel: MemoryKernel;
  /** What is on disk. */
  state: State;
  /** Milliseconds. */
  now: number;
}

export interface ApplyOptions {
  readonly desired: Desired;
  readonly permissions?: Partial<Permissions>;
  readonly drainSeconds?: number;
  /** Null: nobody waits for draining servers. Default: ten seconds go by. */
  readonly pause?: () => Promise<State | null>;
  readonly writeState?: (state: State) => Promise<void>;
  /** Told each plan, the approved one first. */
  readonly onPlan?: (plan: Plan) => void;
}

/** One apply, as a verb makes it: read, plan, carry out. */
export async function apply(place: Place, options: ApplyOptions): Promise<Outcome & { reports: StepResult[] }> {
  const { kernel } = place;
  const { desired, drainSeconds, onPlan } = options;
  const permissions = { ...NO_PERMISSIONS, ...options.permissions };
  const drain = drainSeconds === undefined ? {} : { drainSeconds };
  const replan: Parameters<typeof converge>[0]['replan'] = (seen) => {
    const plan = makePlan({ ...seen, desired, permissions, ...drain });
    onPlan?.(plan);
    return plan;
  };
  const seen = { live: await kernel.read(), state: place.state, now: place.now };
  const wanted = desired.services.map(({ address, name }) => ({ key: serviceKey(address), name }));
  const reports: StepResult[] = [];
  const outcome = await converge(
    { ...seen, plan: replan(seen), replan, wanted },
    {
      kernel,
      writeState: async (state) => {
        await options.writeState?.(state);
        place.state = state;
      },
      now: () => place.now,
      pause: options.pause ?? (() => passTime(place)),
      report: (result) => reports.push(result),
    },
  );
  return { ...outcome, reports };
}

async function passTime(place: Place): Promise<State> {
  place.now += 10_000;
  return place.state;
}
