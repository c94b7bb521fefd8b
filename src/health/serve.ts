import type { Desired, DesiredServer, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { Serving, ServingServer, ServingService, Standing } from '../model/standing.ts';
import { type RealServer, serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import type { Verdicts, WeightWish } from '../model/verdict.ts';
import { type Capacity, keptInRotation } from './capacity.ts';
import { type Condition, type ConditionOf, conditions } from './condition.ts';
import { rampAt } from './ramp.ts';

export interface ServeInput {
  readonly verdicts: Verdicts;
  readonly live: LiveTable;
  /** The spec before hands changed it, whose weights `min_capacity` of `all` is a share of. */
  readonly spec: Desired;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * What the kernel is to hold now: the spec, as far as its real servers are well. Verdicts come in here, before the diff,
 * and nowhere else: so there is one planner and one writer.
 *
 * The kernel's own table is the memory across restarts: what is not known yet stays as it is there.
 */
export function serve(desired: Desired, input: ServeInput): Serving {
  const conditionOf = conditions(desired, input.verdicts);
  const live = new Map(input.live.services.map((service) => [serviceKey(service.address), service]));
  const weights = new Map(input.spec.services.map((service) => [serviceKey(service.address), weightOf(service)]));
  const nextAts: number[] = [];
  const services = desired.services.map((service): ServingService => {
    const key = serviceKey(service.address);
    if (service.owner === 'keepalived') return untouched(service);
    const scene = { live: live.get(key), allWeight: weights.get(key) ?? weightOf(service), now: input.now };
    return serveService(service, { ...scene, conditionOf, onRamp: (nextAt) => nextAts.push(nextAt) });
  });
  return { ...desired, services, nextAt: nextAts.length === 0 ? null : Math.min(...nextAts) };
}

interface Scene {
  readonly live: VirtualService | undefined;
  readonly allWeight: number;
  readonly now: number;
  readonly conditionOf: ConditionOf;
  readonly onRamp: (nextAt: number) => unknown;
}

/** One real server with all that decides about it. */
interface Member {
  readonly server: DesiredServer;
  readonly key: string;
  readonly condition: Condition;
  readonly live: RealServer | undefined;
  readonly isKept: boolean;
}

function untouched(service: DesiredService): ServingService {
  const servers = service.servers.map((server): ServingServer => ({ ...server, standing: { kind: 'in' } }));
  return { ...service, servers, withdrawn: [], isBelowQuorum: false };
}

function serveService(service: DesiredService, scene: Scene): ServingService {
  const members = membersOf(service, scene);
  const isBelowQuorum = isBelow(service, members, scene.live);
  const { sorryServer } = service.availability;
  const isAside = isBelowQuorum && sorryServer !== null;
  const servers: ServingServer[] = [];
  const withdrawn: ServingServer[] = [];
  for (const member of members) {
    const { weight, standing } =
      isAside && member.condition.kind === 'well' ? ASIDE : serveMember(member, service, scene);
    const list = weight === null ? withdrawn : servers;
    list.push({ ...member.server, weight: weight ?? 0, standing });
  }
  if (isAside) servers.push({ ...sorryServer, standing: { kind: 'in' } });
  return { ...service, servers, withdrawn, isBelowQuorum };
}

const ASIDE: Served = { weight: 0, standing: { kind: 'aside' } };

function membersOf(service: DesiredService, { live, allWeight, conditionOf }: Scene): Member[] {
  const there = new Map(live?.servers.map((server) => [serverKey(server), server]));
  const seen = service.servers.map((server) => {
    const key = serverKey(server);
    return { server, key, condition: conditionOf(service, server), live: there.get(key) };
  });
  const capacities = capacitiesOf(seen);
  const kept = keptInRotation(capacities, { availability: service.availability, allWeight });
  return seen.map((member) => ({ ...member, isKept: kept.has(member.key) }));
}

/**
 * One that nobody asked yet may still come: until then a failed one is kept where it is in the kernel, and not put there.
 */
function capacitiesOf(members: readonly Omit<Member, 'isKept'>[]): Capacity[] {
  const isPending = ({ condition, live }: Omit<Member, 'isKept'>) => condition.kind === 'unknown' && !live?.weight;
  const arePending = members.some(isPending);
  return members
    .filter((member) => !isPending(member))
    .filter(({ condition, live }) => !(arePending && condition.kind === 'failed' && !live?.weight))
    .map(({ server, key, condition, live }) => ({
      ...{ key, weight: server.weight, isLive: (live?.weight ?? 0) > 0 },
      failedSince: condition.kind === 'failed' ? condition.since : null,
    }));
}

/** Those that nobody asked yet count as well here: they are no reason for a sorry server. */
function isBelow(
  { availability }: DesiredService,
  members: readonly Member[],
  live: VirtualService | undefined,
): boolean {
  const { quorum, hysteresis, sorryServer } = availability;
  const weight = members.reduce(
    (sum, { server, condition, isKept }) => sum + (condition.kind === 'failed' && !isKept ? 0 : server.weight),
    0,
  );
  const sorry = sorryServer === null ? undefined : serverKey(sorryServer);
  const wasBelow = live?.servers.some((server) => serverKey(server) === sorry && server.weight > 0) ?? false;
  return wasBelow ? weight < quorum + hysteresis : weight < quorum - hysteresis;
}

interface Served {
  /** Null: not in the table. */
  readonly weight: number | null;
  readonly standing: Standing;
}

function serveMember(member: Member, service: DesiredService, scene: Scene): Served {
  const { server, condition, isKept } = member;
  switch (condition.kind) {
    case 'unknown':
      return { weight: heldWeight(member, service), standing: { kind: 'held' } };
    case 'failed': {
      const { since, detail } = condition;
      if (isKept) return { weight: server.weight, standing: { kind: 'kept', since, detail } };
      const weight = server.check?.onFailure === 'quiesce' ? 0 : null;
      return { weight, standing: { kind: 'failed', since, detail } };
    }
    case 'well':
      return serveWell(member, condition, { service, scene });
  }
}

/** A slow start that a restart cut off stays where it is, too. */
function heldWeight({ server, live }: Member, { availability }: DesiredService): number | null {
  if (live === undefined) return null;
  if (live.weight === 0) return 0;
  return availability.slowStart === null ? server.weight : Math.min(server.weight, live.weight);
}

function serveWell(
  { server, live }: Member,
  { since, wish, detail }: Condition & { kind: 'well' },
  { service: { availability }, scene }: { service: DesiredService; scene: Scene },
): Served {
  const full = wishedWeight(server.weight, wish);
  const { slowStart } = availability;
  if (slowStart !== null && since !== null && full > 0) {
    const { share, nextAt } = rampAt(slowStart, { since, now: scene.now });
    // It never lowers: a restart knows no more since when a server is well, but the kernel has its weight.
    const weight = Math.max(1, Math.round(full * share), Math.min(full, live?.weight ?? 0));
    if (weight < full && nextAt !== null) {
      scene.onRamp(nextAt);
      return { weight, standing: { kind: 'ramping', share: weight / full } };
    }
  }
  return { weight: full, standing: full === server.weight ? { kind: 'in' } : { kind: 'weighed', detail } };
}

/** Weight 0 of the spec or of somebody's hands is a decision, and no check changes it. */
function wishedWeight(weight: number, wish: WeightWish | null): number {
  if (wish === null || weight === 0) return weight;
  return wish.kind === 'set' ? wish.weight : Math.max(0, weight + wish.by);
}

function weightOf({ servers }: VirtualService): number {
  return servers.reduce((sum, { weight }) => sum + weight, 0);
}
