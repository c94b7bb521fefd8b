import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import type { Kernel } from '../host/kernel.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import type { State } from '../model/state.ts';
import type { Verdicts } from '../model/verdict.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanOrder, PlanSources } from '../view/plan-document.ts';
import { timeText } from '../view/wording.ts';
import type { Context } from './context.ts';
import type { KeepalivedSideOptions } from './keepalived-options.ts';
import { type GuardOptions, permissionsOf } from './options.ts';
import type { Session } from './session.ts';
import type { SpecInput } from './spec-input.ts';

/** A plan with everything to make it again. */
export interface Planned {
  readonly plan: Plan;
  readonly live: LiveTable;
  readonly state: State;
  /** As they were when the plan was made. */
  readonly overrides: readonly Override[];
  /** What checks said then; undefined: nobody checks. */
  readonly verdicts?: Verdicts | undefined;
  readonly order: PlanOrder;
  /** Undefined: keepalived's side was not looked at. */
  readonly conf: ConfChange | null | undefined;
}

export function orderOf(spec: SpecInput, options: GuardOptions & KeepalivedSideOptions): PlanOrder {
  return {
    desired: spec.desired,
    permissions: permissionsOf(options),
    drainSeconds: options.drain ?? null,
    source: spec.source,
    netns: options.netns ?? null,
    keepalived: {
      isWanted: options.keepalived ?? true,
      director: options.director ?? null,
      templates: options.templates ?? null,
    },
  };
}

interface Seen {
  readonly live: LiveTable;
  readonly state: State;
  readonly overrides: readonly Override[];
  readonly verdicts?: Verdicts | undefined;
}

/** The one planner under the given orders: for plan, apply, and each round of an apply. */
export function planOrder(
  order: PlanOrder,
  { conf, ...seen }: Seen & { now: number; conf?: ConfChange | null | undefined },
): Plan {
  const { desired, permissions, drainSeconds, source } = order;
  return makePlan({
    ...{ ...seen, desired, permissions, specTime: source?.revision?.time ?? null, specDigest: source?.digest ?? null },
    ...(drainSeconds === null ? {} : { drainSeconds }),
    ...(conf === undefined ? {} : { conf }),
  });
}

interface Looking {
  readonly kernel: Kernel;
  readonly session: Pick<Session, 'readState' | 'readOverrides'>;
  readonly now: number;
  readonly side: ConfKeeper | null;
  readonly verdicts?: Verdicts | undefined;
}

export async function planLive(order: PlanOrder, { kernel, session, now, side, verdicts }: Looking): Promise<Planned> {
  const live = await kernel.read();
  const seen = { live, state: await session.readState(), overrides: (await session.readOverrides()).list, verdicts };
  const conf = await side?.look(order.desired, seen.state);
  return { plan: planOrder(order, { ...seen, now, conf }), ...seen, order, conf };
}

export function sourcesOf(context: Context, { spec, live }: { spec: string; live?: string }): PlanSources {
  return { desired: spec, live: live ?? `IPVS on ${context.hostname}, ${timeText(context.now())}` };
}
