import { addressSortKey } from '../../model/address.ts';
import type { VrrpInstance } from '../../model/vrrp.ts';
import type { Condition } from './condition.ts';
import { OWNER_PRIORITY } from './followed.ts';
import type { Part } from './world.ts';

/** A director in one instance, at the time of an election. */
export interface Voter {
  readonly part: Part;
  readonly condition: Condition;
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
export function elect(units: readonly Unit[], before: ReadonlySet<Part>): ReadonlySet<Part> {
  const able = units.filter((unit) => unit.every(({ isOut }) => !isOut));
  let masters: readonly Unit[] = able.filter((unit) => unit.every(({ part }) => before.has(part)));
  const seen = new Map<string, number>();
  for (let rounds = 4 * able.length + 4; rounds > 0; rounds--) {
    const next = move(able, masters);
    if (next === undefined) break;
    masters = next;
    rounds = withoutCircles(rounds, { seen, state: masters.map((unit) => able.indexOf(unit)).join(' ') });
  }
  return new Set(masters.flat().map(({ part }) => part));
}

/** Instances of one sync group that prefer different directors might pass it on for ever: where that ends is known early. */
function withoutCircles(rounds: number, { seen, state }: { seen: Map<string, number>; state: string }): number {
  const before = seen.get(state);
  seen.set(state, rounds);
  return before === undefined ? rounds : ((rounds - 1) % (before - rounds)) + 1;
}

/** The masters after one of them gave up, or one more took over; undefined when nothing moves. */
function move(able: readonly Unit[], masters: readonly Unit[]): readonly Unit[] | undefined {
  const speaking = groupByInstance(masters);
  const heard = (voter: Voter): readonly Voter[] =>
    (speaking.get(voter.part.instance) ?? []).flatMap(({ voter: other }) =>
      other !== voter && !other.isCutOff && !voter.isCutOff ? [other] : [],
    );
  const loser = masters.find((unit) => unit.some((voter) => heard(voter).some((other) => isBetter(other, voter))));
  if (loser !== undefined) return masters.filter((unit) => unit !== loser);
  const next = soonest(
    able.filter((unit) => unit.every((voter) => takesOver(voter, heard(voter))) && !masters.includes(unit)),
  );
  return next === undefined ? undefined : [...masters, next];
}

/** The voters of each instance, with what they are tied to. */
export function groupByInstance(
  units: readonly Unit[],
): ReadonlyMap<VrrpInstance, readonly { unit: Unit; voter: Voter }[]> {
  return Map.groupBy(
    units.flatMap((unit) => unit.map((voter) => ({ unit, voter }))),
    ({ voter }) => voter.part.instance,
  );
}

function takesOver({ condition, part: { instance } }: Voter, heard: readonly Voter[]): boolean {
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
  const [one, other] = [a.part.address, b.part.address];
  return one !== null && other !== null && addressSortKey(one) > addressSortKey(other);
}
