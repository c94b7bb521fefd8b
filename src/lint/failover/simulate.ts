import type { Desired } from '../../model/desired.ts';
import { sortBy } from '../../model/table.ts';
import type { SyncGroup, VrrpInstance, VrrpMember } from '../../model/vrrp.ts';
import { conditionOf } from './condition.ts';
import { elect, keyOf, type Unit, type Voter } from './election.ts';
import { type Failure, type Failures, readFailures } from './failure.ts';
import { followedBy, type Membership, OWNER_PRIORITY } from './followed.ts';
import { type Holding, holdingsOf } from './holding.ts';

export type { Failure } from './failure.ts';
export type { Holding, Standing } from './holding.ts';

/** Who holds what when a cluster that works well meets these failures. */
export function simulate(desired: Desired, failures: readonly Failure[]): readonly Holding[] {
  return simulateSequence(desired, [[], failures]).at(-1) ?? [];
}

/**
 * Who holds what after each of some steps. A step says everything that is broken then, so that `[[], [failure], []]` is
 * good times, a failure, and its repair; with preempt: false the last is not as the first.
 */
export function simulateSequence(
  desired: Desired,
  steps: readonly (readonly Failure[])[],
): readonly (readonly Holding[])[] {
  const { instances, syncGroups } = desired.keepalived;
  const tieOf = (name: string) => syncGroups.find((group) => group.instances.includes(name))?.name;
  const together = Map.groupBy(instances, ({ name }) => tieOf(name) ?? `\n${name}`);
  const runs = [...together.values()].map((few) => simulateTogether(desired, { instances: few, steps }));
  return steps.map((_step, index) => {
    const holdings = runs.flatMap((run) => run[index] ?? []);
    return sortBy(holdings, ({ instance }) => instance);
  });
}

/** Only a sync group makes instances depend on each other, so that each group is a world of its own. */
function simulateTogether(
  desired: Desired,
  { instances, steps }: { instances: readonly VrrpInstance[]; steps: readonly (readonly Failure[])[] },
): readonly (readonly Holding[])[] {
  const world = { ...desired, keepalived: { ...desired.keepalived, instances } };
  const memberships = membershipsOf(world);
  let masters: ReadonlySet<string> = new Set();
  return steps.map((step) => {
    const failures = readFailures(step);
    const units = unitsOf(world, { memberships, failures });
    masters = elect(units, masters);
    return holdingsOf(world, { units, masters, failures });
  });
}

/** Every part that a director has in an instance. */
export function membershipsOf(desired: Desired): readonly Membership[] {
  return desired.keepalived.instances.flatMap((instance) =>
    instance.members.map((member) => membershipOf(desired, { instance, member })),
  );
}

function membershipOf(
  { keepalived }: Desired,
  { instance, member }: { instance: VrrpInstance; member: VrrpMember },
): Membership {
  const priorityHere = (name: string): number | undefined =>
    keepalived.instances
      .find((other) => other.name === name)
      ?.members.find(({ director }) => director === member.director)?.priority;
  const meant = keepalived.syncGroups.find((group) => isTied(group, instance.name, priorityHere));
  const hasOwner = meant?.instances.some((name) => priorityHere(name) === OWNER_PRIORITY) ?? false;
  return { instance, member, group: meant === undefined ? null : { meant, hasOwner } };
}

/** A group with fewer than two instances here ties nothing (vrrp_sync.c vrrp_sync_set_group). */
function isTied(
  { instances }: SyncGroup,
  instance: string,
  priorityHere: (name: string) => number | undefined,
): boolean {
  const here = new Set(instances.filter((name) => priorityHere(name) !== undefined));
  return here.has(instance) && here.size >= 2;
}

function unitsOf(
  desired: Desired,
  { memberships, failures }: { memberships: readonly Membership[]; failures: Failures },
): readonly Unit[] {
  const voters = memberships.map((membership) => voterOf(desired, { membership, failures }));
  const units = Map.groupBy(voters, (voter) => {
    const { group, member } = voter.membership;
    return group === null ? keyOf(voter) : `${group.meant.name}\n\n${member.director}`;
  });
  return [...units.values()];
}

function voterOf(desired: Desired, { membership, failures }: { membership: Membership; failures: Failures }): Voter {
  const { member, instance } = membership;
  const followed = followedBy(membership, desired.keepalived.trackers);
  const condition = conditionOf(membership, { followed, failures });
  const director = desired.directors.find(({ name }) => name === member.director);
  const primary = director?.address.family === instance.family ? director.address.text : null;
  return {
    membership,
    condition,
    address: member.source?.text ?? primary,
    isOut: failures.isGone(member.director) || condition.faults.length > 0,
    isCutOff: member.interface !== null && failures.isInterfaceDown(member.director, member.interface),
  };
}
