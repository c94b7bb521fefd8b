import { type Change, changedService, type ServerChange } from '../diff/change.ts';
import { diffServices, diffSyncDaemons, diffTimeouts } from '../diff/diff.ts';
import { keepForeign } from '../diff/keep.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { type Override, standingAt } from '../model/override.ts';
import type { Standing } from '../model/standing.ts';
import type { OwnedService, State } from '../model/state.ts';
import { type ServiceAddress, serverKey, serviceKey } from '../model/table.ts';
import { belowQuorum, servingNow, standingsOf } from './serving-now.ts';
import type { Verdicts } from '../model/verdict.ts';
import { approvalFor, approvalForConf, highest } from './approval.ts';
import { causeOf } from './cause.ts';
import { changeDigest } from './digest.ts';
import { canQuiesce, closingEntries, drainVerdict, findIntent, waitedSeconds } from './drain.ts';
import { findHazards, type Permissions } from './guard.ts';
import { keepalivedDrift } from './keepalived-drift.ts';
import { type FormerNames, formerNames, serverLabel, serviceLabel } from './label.ts';
import { ownedService } from './owned.ts';
import { maintenanceNotices } from './maintenance-notice.ts';
import { findNotices, idleNotices } from './notice.ts';
import { orderSteps } from './order.ts';
import { withOverrides } from './overridden.ts';
import type { Manner, Notice, Plan, PlannedChange } from './plan.ts';
import { stepsOf } from './steps.ts';
import { summarise } from './summary.ts';
import { withoutTaken } from './taken-by-hand.ts';

/** How long a server drains whose service left the spec with it, so that nothing says how long. */
const DEFAULT_DRAIN_SECONDS = 300;

export interface PlanInput {
  readonly live: LiveTable;
  readonly desired: Desired;
  readonly state: State;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly permissions: Permissions;
  /** What operators decided: it stands above the spec, and guards do not ask about it again. Default: nothing. */
  readonly overrides?: readonly Override[];
  /** What checks say; without it nobody checks, and all real servers count as well. */
  readonly verdicts?: Verdicts | undefined;
  /** Git commit time of the spec, in seconds; null where it is in no repository. */
  readonly specTime?: number | null;
  /** Of the spec, for the guard against one that was rolled back from; null where no spec is planned for. */
  readonly specDigest?: string | null;
  /** `--drain`: for every server that leaves in this plan. */
  readonly drainSeconds?: number;
  /** The change of keepalived.conf; null: there is none. Without it, keepalived's side is not looked at. */
  readonly conf?: ConfChange | null;
}

/**
 * The one planner: plan, apply, watch and rollback all come through here, so what plan shows is what apply runs.
 *
 * Pure: the same live table, spec, state and clock give the same plan, byte for byte.
 */
export function makePlan(input: PlanInput): Plan {
  const { live, desired, state, permissions, now } = input;
  const overrides = standingAt(now, input.overrides ?? []);
  const standing = withOverrides(desired, overrides, now);
  const toKeepalived = handedToKeepalived(input);
  const mine = standing.services.filter((service) => service.owner === 'lvsctl' || toKeepalived.has(keyOf(service)));
  const theirs = new Set(desired.services.filter(({ owner }) => owner === 'keepalived').map(keyOf));
  const ours = new Set([...state.owned.map(({ key }) => key), ...permissions.prune]).difference(theirs);
  // What guards judge is the spec; what the kernel is to hold is the part of it that is well.
  const serving = servingNow(mine, { ...input, desired: standing, spec: desired });
  const { wanted, kept } = keepForeign(live.services, serving, ours);
  const names = formerNames(state.owned);
  const changes = [
    // keepalived sets them (lvs_timeouts) where it has services, and then nobody else does.
    ...diffTimeouts(live.timeouts, theirs.size > 0 ? null : desired.timeouts),
    ...diffSyncDaemons(live.syncDaemons, desired.syncDaemons),
    ...diffServices(live.services, wanted),
  ].map((change) => planChange(change, { input, names }));
  const planned = holdServices(changes);
  const newServices = new Set(changes.flatMap(({ change }) => createdService(change)));
  const measured = withoutTaken(live, desired, standing);
  const hazards = findHazards({ ...input, live: measured, changes: planned, mine });
  // A service changes hands once it is as wanted: keepalived takes what is there already for its own (EEXIST), and
  // corrects nothing in it (ipvswrapper.c).
  const changing = new Set(changes.map(({ change }) => changedService(change)).map((one) => one && serviceKey(one)));
  const released = state.owned.filter(({ key }) => theirs.has(key) && !changing.has(key));
  const conf = input.conf ?? null;
  const adopted = adoptedServices(
    live,
    mine.filter(({ owner }) => owner === 'lvsctl'),
    state.owned,
  );
  return {
    changes: planned,
    steps: orderSteps(planned.flatMap((change) => stepsOf(change, newServices))).map(({ step }) => step),
    hazards,
    notices: [
      ...findNotices(planned, live),
      ...driftNotices(input),
      ...idleNotices(desired, overrides),
      ...maintenanceNotices(state),
    ],
    overrides,
    standings: standingsOf(serving),
    belowQuorum: belowQuorum(serving),
    conf,
    kept,
    unread: live.unread,
    adopted,
    released,
    summary: summarise(planned, live, mine),
    approval: highest([
      ...planned.map((change) => change.approval),
      ...(conf === null ? [] : [approvalForConf(conf)]),
      ...(hazards.length > 0 ? (['all'] as const) : []),
    ]),
    digest: changeDigest(planned, { adopted, released, conf }),
  };
}

function planChange(change: Change, { input, names }: { input: PlanInput; names: FormerNames }): PlannedChange {
  if (change.kind === 'server' && change.action === 'delete') return planLeaving(change, { input, names });
  const cause = causeOf(change);
  return {
    change,
    label: change.kind === 'server' ? serverLabel(change, names) : serviceLabel(change, names),
    manner: 'now',
    active: 0,
    closing: 0,
    drainSeconds: null,
    approval: approvalFor(change, { drains: false, cause }),
    cause,
  };
}

function planLeaving(
  change: ServerChange & { action: 'delete' },
  { input, names }: { input: PlanInput; names: FormerNames },
): PlannedChange {
  const { before, service } = change;
  const cause = causeOf(change);
  if (cause !== null) return planWithdrawal(change, { input, names, cause });
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
    approval: approvalFor(change, { drains, cause }),
    cause,
  };
}

/** A server that failed has nothing to wait for. */
function planWithdrawal(
  change: ServerChange & { action: 'delete' },
  { input, names, cause }: { input: PlanInput; names: FormerNames; cause: Standing },
): PlannedChange {
  const { service, before } = change;
  const count = input.live.connections.get(serviceKey(service.address))?.get(serverKey(before));
  return {
    change,
    label: serverLabel(change, names),
    manner: 'remove',
    active: count?.active ?? null,
    closing: 0,
    drainSeconds: null,
    approval: approvalFor(change, { drains: false, cause }),
    cause,
  };
}

/** Services of ours that the spec gives to keepalived: until its file has them, they are brought to what it will find. */
function handedToKeepalived({ desired, state, live, conf }: PlanInput): ReadonlySet<string> {
  if (conf === undefined) return new Set();
  const owned = new Set(state.owned.map(({ key }) => key));
  const present = new Set(live.services.map(({ address }) => serviceKey(address)));
  const theirs = desired.services.filter(({ owner }) => owner === 'keepalived').map(keyOf);
  return new Set(theirs.filter((key) => owned.has(key) && present.has(key)));
}

/** While its file is still to change, nobody can say what keepalived should have. */
function driftNotices({ desired, live, conf }: PlanInput): Notice[] {
  if (conf !== null) return [];
  return keepalivedDrift(
    live,
    desired.services.filter(({ owner }) => owner === 'keepalived'),
  );
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
