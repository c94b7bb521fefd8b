import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { type Restoration, restorationOf } from '../daemon/restoration.ts';
import type { Lock } from '../host/lock.ts';
import type { NamedSnapshot } from '../host/snapshots.ts';
import type { LiveTable } from '../model/live.ts';
import { type Overrides, standingAt } from '../model/override.ts';
import type { State } from '../model/state.ts';
import type { Permissions } from '../plan/guard.ts';
import { retreatOf } from '../plan/spec-marks.ts';
import { overrideChanges } from '../view/override-changes.ts';
import type { PlanOrder } from '../view/plan-document.ts';
import type { Context } from './context.ts';
import { daemonVerdicts } from './daemon-verdicts.ts';
import type { KeepalivedSideOptions } from './keepalived-options.ts';
import { type Planned, planLive } from './planning.ts';
import type { Purpose } from './purpose.ts';
import { restoredConf } from './restored-conf.ts';
import { overridesAfter, standingShares, withoutShares } from './rollback-overrides.ts';
import type { GoingBack } from './rolling-back.ts';
import type { Session } from './session.ts';
import type { Writing } from './writing.ts';

export interface RollbackOrder {
  readonly snapshot: NamedSnapshot;
  /** Digest of the spec that is on trial, where one is. */
  readonly tried: string | null;
  readonly permissions: Permissions;
  readonly drainSeconds: number | null;
  readonly side: KeepalivedSideOptions;
  /** Whether what was decided by hand goes back too. */
  readonly restoresOverrides: boolean;
  readonly wait: boolean;
  readonly lockTimeout: number;
  readonly purpose: (goingBack: GoingBack) => Purpose;
}

export interface PlannedRollback {
  readonly planned: Planned;
  readonly writing: Writing;
  readonly title: string;
  /** What becomes of decisions by hand, and of what is left alone, one sentence each. */
  readonly notes: readonly string[];
}

const DRIFT_NOTE =
  'The spec was the same then: none is rejected, and the next apply, or a watch that enforces, mends the table again.';

/** A rollback as an ordinary plan, with all that it takes to carry it out. */
export async function planRollback(
  context: Context,
  order: RollbackOrder,
  { session, lock }: { session: Session; lock: Lock },
): Promise<PlannedRollback> {
  const { snapshot, wait, lockTimeout } = order;
  const [now, current] = [context.now(), await session.readOverrides()];
  const state = await session.readState();
  const live = await session.kernel(lock).read();
  const goingBack = whatComesBack(order, { state, current, live, now });
  const { restoration, overrides } = goingBack;
  const { side, note } = sideFor(context, order, state);
  const verdicts = await daemonVerdicts(context, order.side, restoration.desired);
  // What was decided by hand is not on disk yet when the plan is made.
  const then = { ...session, readOverrides: async () => overrides };
  const look = restoration.source === null ? withoutShares : (all: Session) => all;
  const planned = await planLive(orderOfRestoration(order, restoration), {
    kernel: session.kernel(lock),
    ...{ session: look(then), now, side, verdicts },
  });
  const from = restoration.source === null ? '' : ` (spec ${restoration.source.digest.slice(0, 12)})`;
  return {
    planned,
    writing: { session: look(session), lock, lockTimeout, wait, side, purpose: order.purpose(goingBack) },
    notes: [
      ...overrideChanges(standingAt(now, current.list), standingAt(now, overrides.list)),
      ...note,
      ...(goingBack.isDrift && snapshot.spec !== null ? [DRIFT_NOTE] : []),
    ],
    title: `snapshot ${snapshot.id}${from}`,
  };
}

function whatComesBack(
  { snapshot, tried, restoresOverrides }: RollbackOrder,
  { state, current, live, now }: { state: State; current: Overrides; live: LiveTable; now: number },
): GoingBack {
  const { rejected, isDrift } = retreatOf(state, { tried, restored: snapshot.spec?.digest ?? null });
  const then = restoresOverrides ? snapshot.overrides : null;
  const shares = then === null ? standingShares(current, now) : [];
  const restoration = restorationOf(snapshot, { state, isDrift, live, shares });
  return { snapshot, restoration, rejected, isDrift, overrides: overridesAfter(then, current) };
}

/** The file of a director that takes its part would bring VIPs to one in maintenance, and the other way round. */
function sideFor(
  context: Context,
  { snapshot, side: options }: RollbackOrder,
  state: State,
): { side: ConfKeeper | null; note: readonly string[] } {
  const { conf } = snapshot;
  if (conf === null || options.keepalived === false) return { side: null, note: [] };
  if ((state.maintenance === null) === (snapshot.state.maintenance === null))
    return { side: restoredConf(context, options, conf), note: [] };
  const why = state.maintenance === null ? 'is in maintenance no more' : 'is in maintenance by now';
  return {
    side: null,
    note: [`${conf.path} is left alone, since this director ${why}: the next apply looks after it.`],
  };
}

function orderOfRestoration(
  { permissions, drainSeconds, side }: RollbackOrder,
  { desired, source }: Restoration,
): PlanOrder {
  const keepalived = { isWanted: side.keepalived ?? true, director: null, templates: null };
  return { desired, permissions, drainSeconds, source, netns: side.netns ?? null, keepalived };
}
