import { type Change, changedService, type ServerChange } from '../diff/change.ts';
import { diffServices, diffSyncDaemons, diffTimeouts } from '../diff/diff.ts';
import { keepForeign } from '../diff/keep.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { OwnedService, State } from '../model/state.ts';
import { type ServiceAddress, serverKey, serviceKey } from '../model/table.ts';
import { approvalFor, highest } from './approval.ts';
import { changeDigest } from './digest.ts';
import { canQuiesce, closingEntries, drainVerdict, findIntent, waitedSeconds } from './drain.ts';
import { findHazards, type Permissions } from './guard.ts';
import { type FormerNames, formerNames, serverLabel, serviceLabel } from './label.ts';
import { ownedService } from './owned.ts';
import { findNotices } from './notice.ts';
import { orderSteps } from './order.ts';
import type { Manner, Plan, PlannedChange } from './plan.ts';
import { stepsOf } from './steps.ts';
import { summarise } from './summary.ts';

/** How long a server drains whose service left the spec with it, so that nothing says how long. */
const DEFAULT_DRAIN_SECONDS = 300;

export interface PlanInput {
  readonly live: LiveTable;
  readonly desired: Desired;
  readonly state: State;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly permissions: Permissions;
  /** Git commit time of the spec, in seconds; null where it is in no repository. */
  readonly specTime?: number | null;
  /** `--drain`: for every server that leaves in this plan. */
  readonly drainSeconds?: number;
}

/**
 * The one planner: plan, apply, watch and rollback all come through here, so what plan shows is what apply runs.
 *
 * Pure: the same live table, spec, state and clock give the same plan, byte for byte.
 */
export function makePlan(input: PlanInput): Plan {
  const { live, desired, state, permissions } = input;
  const mine = desired.services.filter((service) => service.owner === 'lvsctl');
  const theirs = new Set(desired.services.filter(({ owner }) => owner === 'keepalived').map(keyOf));
  const ours = new Set([...state.owned.map(({ key }) => key), ...permissions.prune]).difference(theirs);
  const { wanted, kept } = keepForeign(live.services, mine, ours);
  const names = formerNames(state.owned);
  const changes = [
    ...diffTimeouts(live.timeouts, desired.timeouts),
    ...diffSyncDaemons(live.syncDaemons, desired.syncDaemons),
    ...diffServices(live.services, wanted),
  ].map((change) => planChange(change, { input, names }));
  const planned = holdServices(changes);
  const newServices = new Set(changes.flatMap(({ change }) => createdService(change)));
  const hazards = findHazards({ ...input, changes: planned, mine });
  const adopted = adoptedServices(live, mine, state.owned);
  // A service changes hands as it is: keepalived takes one that is there already for its own.
  const released = state.owned.filter(({ key }) => theirs.has(key));
  return {
    changes: planned,
    steps: orderSteps(planned.flatMap((change) => stepsOf(change, newServices))).map(({ step }) => step),
    hazards,
    notices: findNotices(planned, live),
    kept,
    unread: live.unread,
    adopted,
    released,
    summary: summarise(planned, live, mine),
    approval: highest([...planned.map((change) => change.approval), ...(hazards.length > 0 ? (['all'] as const) : [])]),
    digest: changeDigest(planned, { adopted, released }),
  };
}

function planChange(change: Change, { input, names }: { input: PlanInput; names: FormerNames }): PlannedChange {
  if (change.kind === 'server' && change.action === 'delete') return planLeaving(change, { input, names });
  return {
    change,
    label: change.kind === 'server' ? serverLabel(change, names) : serviceLabel(change, names),
    manner: 'now',
    active: 0,
    closing: 0,
    drainSeconds: null,
    approval: approvalFor(change, { drains: false }),
  };
}

function planLeaving(
  change: ServerChange & { action: 'delete' },
  { input, names }: { input: PlanInput; names: FormerNames },
): PlannedChange {
  const { before, service } = change;
  const intent = findIntent(input.state.drains, service.address, serverKey(before));
  const known = input.live.connections.get(serviceKey(service.address))?.get(serverKey(before));
  const count = known ?? { active: 0, inactive: 0 };
  const drainSeconds = input.drainSeconds ?? intent?.drainSeconds ?? service.drainSeconds ?? DEFAULT_DRAIN_SECONDS;
  const manner = drainVerdict(before, { count, intent, service: service.address }, { drainSeconds, now: input.now });
  const drains = drainSeconds > 0 && canQuiesce(before, service.address);
  const waited = intent === undefined || manner === 'quiesce' ? 0 : waitedSeconds(intent, input.now);
  return {
    change,
    label: serverLabel(change, names),
    manner,
    active: known?.active ?? null,
    closing: manner === 'remove' ? 0 : closingEntries(before, { count, service: service.address }),
    drainSeconds: drains ? Math.max(0, drainSeconds - waited) : null,
    approval: approvalFor(change, { drains }),
  };
}

function createdService(change: Change): string[] {
  return change.kind === 'service' && change.action === 'create' ? [serviceKey(change.after.address)] : [];
}

/** A service goes when its last server may go: deleting it takes the servers with it, and their connections. */
function holdServices(changes: readonly PlannedChange[]): PlannedChange[] {
  const servers = Map.groupBy(changes.filter(isLeavingServer), ({ change }) =>
    serviceKey(changedService(change) as ServiceAddress),
  );
  return changes.map((planned) => {
    const { change } = planned;
    if (change.kind !== 'service' || change.action !== 'delete') return planned;
    const leaving = servers.get(serviceKey(change.before.address)) ?? [];
    const manner: Manner = leaving.every((server) => server.manner === 'remove') ? 'remove' : 'wait';
    return { ...planned, manner, active: sumOf(leaving.map(({ active }) => active)) };
  });
}

function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0);
}

function isLeavingServer({ change }: PlannedChange): boolean {
  return change.kind === 'server' && change.action === 'delete';
}

function keyOf({ address }: DesiredService): string {
  return serviceKey(address);
}

/** Services of the spec that are live already and not recorded as ours. */
function adoptedServices(
  live: LiveTable,
  mine: readonly DesiredService[],
  owned: readonly OwnedService[],
): OwnedService[] {
  const recorded = new Set(owned.map((service) => service.key));
  const present = new Set(live.services.map((service) => serviceKey(service.address)));
  return mine.map(ownedService).filter(({ key }) => present.has(key) && !recorded.has(key));
}
