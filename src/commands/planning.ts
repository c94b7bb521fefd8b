import type { Kernel } from '../host/kernel.ts';
import type { LiveTable } from '../model/live.ts';
import type { State } from '../model/state.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanOrder, PlanSources } from '../view/plan-document.ts';
import type { Context } from './context.ts';
import { type GuardOptions, permissionsOf } from './options.ts';
import type { SpecInput } from './spec-input.ts';

/** A plan with everything to make it again. */
export interface Planned {
  readonly plan: Plan;
  readonly live: LiveTable;
  readonly state: State;
  readonly order: PlanOrder;
}

export function orderOf(spec: SpecInput, options: GuardOptions & { readonly netns?: string }): PlanOrder {
  return {
    desired: spec.desired,
    permissions: permissionsOf(options),
    drainSeconds: options.drain ?? null,
    specTime: spec.time,
    specDigest: spec.digest,
    netns: options.netns ?? null,
  };
}

/** The one planner under the given orders: for plan, apply, and each round of an apply. */
export function planOrder(order: PlanOrder, seen: { live: LiveTable; state: State; now: number }): Plan {
  const { desired, permissions, drainSeconds, specTime } = order;
  return makePlan({ ...seen, desired, permissions, specTime, ...(drainSeconds === null ? {} : { drainSeconds }) });
}

export async function planLive(
  order: PlanOrder,
  { kernel, state, now }: { kernel: Kernel; state: State; now: number },
): Promise<Planned> {
  const live = await kernel.read();
  return { plan: planOrder(order, { live, state, now }), live, state, order };
}

export function sourcesOf(context: Context, { spec, live }: { spec: string; live?: string }): PlanSources {
  const time = new Date(context.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return { desired: spec, live: live ?? `IPVS on ${context.hostname}, ${time}` };
}
