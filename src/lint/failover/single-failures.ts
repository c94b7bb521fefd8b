import type { Desired } from '../../model/desired.ts';
import type { VrrpInstance } from '../../model/vrrp.ts';
import type { Failure } from './failure.ts';
import { type Followed, followedBy, type Membership } from './followed.ts';
import { type Holding, membershipsOf, simulate } from './simulate.ts';

/** The spec as far as it decides over one instance: the instance, and those that are tied to it. */
export function worldOf(desired: Desired, { name }: VrrpInstance): Desired {
  const { instances, syncGroups } = desired.keepalived;
  const groups = syncGroups.filter((group) => group.instances.includes(name));
  const tied = new Set([name, ...groups.flatMap((group) => group.instances)]);
  return {
    ...desired,
    keepalived: {
      ...desired.keepalived,
      instances: instances.filter((instance) => tied.has(instance.name)),
      syncGroups: groups,
    },
  };
}

/** Who holds the VIPs of one instance. */
export function holdingOf(world: Desired, { name }: VrrpInstance, failures: readonly Failure[]): Holding | undefined {
  return simulate(world, failures).find(({ instance }) => instance === name);
}

/** Everything that may fail alone, of what matters to an instance: its directors, their interfaces, what they follow. */
export function singleFailures(world: Desired): readonly Failure[] {
  const memberships = membershipsOf(world);
  const failures = memberships.flatMap(({ instance, member: { director, interface: own } }): Failure[] => [
    { kind: 'director', director },
    ...devicesOf(instance, own).map((device): Failure => ({ kind: 'interface', director, interface: device })),
  ]);
  const followed = memberships.flatMap((membership) =>
    followedBy(membership, world.keepalived.trackers).flatMap((one) => failureOf(one, membership) ?? []),
  );
  return unique([...failures, ...followed]);
}

/** Interfaces that an instance speaks or has VIPs on. */
function devicesOf({ vips, excludedVips }: VrrpInstance, own: string | null): readonly string[] {
  const all = [own, ...[...vips, ...excludedVips].map((vip) => vip.interface)];
  return [...new Set(all.filter((device) => device !== null))];
}

/** The failure of something followed; none of a file, which has numbers instead. */
export function failureOf({ kind, name }: Followed, { member: { director } }: Membership): Failure | undefined {
  switch (kind) {
    case 'interfaces':
      return { kind: 'interface', director, interface: name };
    case 'scripts':
      return { kind: 'script', name, director };
    case 'processes':
      return { kind: 'process', name, director };
    case 'bfd':
      return { kind: 'bfd', name, director };
    case 'files':
      return undefined;
  }
}

function unique(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [JSON.stringify(failure), failure])).values()];
}
