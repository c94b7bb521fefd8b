import { addressSortKey } from '../../model/address.ts';
import type { Condition } from './condition.ts';
import type { Membership } from './followed.ts';
import { OWNER_PRIORITY } from './followed.ts';

/** A director in one instance, at the time of an election. */
export interface Voter {
  readonly membership: Membership;
  readonly condition: Condition;
  /** Of its adverts; decides between equals. */
  readonly address: string | null;
  /** It is gone, at fault, or tied to an instance that is. */
  readonly isOut: boolean;
  /** Whether its adverts and those of the others pass. */
  readonly isCutOff: boolean;
}

/** What changes state as one: the voters of a sync group on one director, or a single one. */
export type Unit = readonly Voter[];

/**
 * Who is master when nothing moves any more, beginning with those who were. As vrrp.c has it: a master that hears a
 * better one gives up (vrrp_state_master_rx); a backup that hears no master, or only lesser ones where it preempts,
 * takes over, the best first since it waits least (vrrp_state_backup, VRRP_TIMER_SKEW); a sync group does either as a
 * whole, and takes over only when each of its instances would (vrrp_sync_can_goto_master).
 */
export function elect(units: readonly Unit[], before: ReadonlySet<string>): ReadonlySet<string> {
  const able = units.filter((unit) => unit.every(({ isOut }) => !isOut));
  const masters = new Set(able.flatMap((unit) => (unit.every((voter) => before.has(keyOf(voter))) ? [unit] : [])));
  // Instances of one sync group that prefer different directors might pass it on for ever.
  for (let rounds = 4 * able.length + 4; rounds > 0; rounds--) {
    const speaking = groupByInstance([...masters]);
    const heard = (voter: Voter): Voter[] =>
      (speaking.get(voter.membership.instance.name) ?? []).flatMap(({ voter: other }) =>
        other !== voter && !other.isCutOff && !voter.isCutOff ? [other] : [],
      );
    const loser = [...masters].find((unit) =>
      unit.some((voter) => heard(voter).some((other) => isBetter(other, voter))),
    );
    if (loser !== undefined) {
      masters.delete(loser);
      continue;
    }
    const next = soonest(
      able.filter((unit) => !masters.has(unit) && unit.every((voter) => takesOver(voter, heard(voter)))),
    );
    if (next === undefined) break;
    masters.add(next);
  }
  return new Set([...masters].flat().map(keyOf));
}

export function keyOf({ membership: { instance, member } }: Voter): string {
  return `${instance.name}\n${member.director}`;
}

/** The voters of each instance, with what they are tied to. */
export function groupByInstance(units: readonly Unit[]): ReadonlyMap<string, readonly { unit: Unit; voter: Voter }[]> {
  return Map.groupBy(
    units.flatMap((unit) => unit.map((voter) => ({ unit, voter }))),
    ({ voter }) => voter.membership.instance.name,
  );
}

function takesOver({ condition, membership: { instance } }: Voter, heard: readonly Voter[]): boolean {
  const preempts = instance.preempt || condition.priority === OWNER_PRIORITY;
  return heard.every((master) => preempts && master.condition.priority < condition.priority);
}

/**
 * A unit waits for the slowest of its timers, and that is the one with the lowest priority. Equal ones run a race: the
 * address decides when both have taken over before either is heard.
 */
function soonest(units: readonly Unit[]): Unit | undefined {
  const slowest = (unit: Unit): Voter | undefined =>
    unit.reduce<Voter | undefined>(
      (slow, voter) => (slow === undefined || voter.condition.priority < slow.condition.priority ? voter : slow),
      undefined,
    );
  return units.reduce<Unit | undefined>((best, unit) => {
    const [one, other] = [slowest(unit), best === undefined ? undefined : slowest(best)];
    return one !== undefined && (other === undefined || isBetter(one, other)) ? unit : best;
  }, undefined);
}

/** By priority, and between equals by address (RFC 5798 §6.4.3). */
function isBetter(a: Voter, b: Voter): boolean {
  if (a.condition.priority !== b.condition.priority) return a.condition.priority > b.condition.priority;
  return a.address !== null && b.address !== null && addressSortKey(a.address) > addressSortKey(b.address);
}
