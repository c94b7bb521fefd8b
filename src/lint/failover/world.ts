import type { Desired } from '../../model/desired.ts';
import type { Director } from '../../model/director.ts';
import type { SyncGroup, VrrpInstance, VrrpMember } from '../../model/vrrp.ts';
import { type Followed, followedBy, indexTrackers, OWNER_PRIORITY, type TrackersByName } from './followed.ts';

/**
 * Instances that decide over each other: those of a sync group, or one alone. What holds of them whatever fails is
 * worked out here, once.
 */
export interface World {
  readonly instances: readonly VrrpInstance[];
  /** Instance by instance. */
  readonly parts: readonly Part[];
}

/** A director's part in an instance, and the sync group that it is in there. */
export interface Membership {
  readonly instance: VrrpInstance;
  readonly member: VrrpMember;
  /** With its instances on this director; null where it ties none together. */
  readonly group: { readonly meant: SyncGroup; readonly hasOwner: boolean } | null;
}

/** A membership with everything that decides over it. */
export interface Part extends Membership {
  readonly followed: readonly Followed[];
  /** Of its adverts; decides between equals. */
  readonly address: string | null;
  /** Where its VIPs are; nowhere known counts as up. */
  readonly vipDevices: ReadonlySet<string>;
  /** The same for all that change state as one. */
  readonly unit: string;
}

/** The instances of a spec, as far as they depend on each other, and in the order of the first of each. */
export function worldsOf({ keepalived, directors }: Desired): readonly World[] {
  const groups = groupsByInstance(keepalived.syncGroups);
  const known: Known = {
    groups,
    trackers: indexTrackers(keepalived.trackers),
    directors: new Map(directors.map((director) => [director.name, director])),
  };
  const together = Map.groupBy(keepalived.instances, ({ name }) => groups.get(name)?.[0]?.name ?? `\n${name}`);
  return [...together.values()].map((instances) => makeWorld(instances, known));
}

interface Known {
  readonly groups: ReadonlyMap<string, readonly SyncGroup[]>;
  readonly trackers: TrackersByName;
  readonly directors: ReadonlyMap<string, Director>;
}

function groupsByInstance(all: readonly SyncGroup[]): ReadonlyMap<string, readonly SyncGroup[]> {
  const groups = new Map<string, SyncGroup[]>();
  for (const group of all)
    for (const name of new Set(group.instances)) {
      const known = groups.get(name);
      if (known === undefined) groups.set(name, [group]);
      else known.push(group);
    }
  return groups;
}

function makeWorld(instances: readonly VrrpInstance[], known: Known): World {
  const ties = tiesOf(instances, known);
  const parts = instances.flatMap((instance) =>
    instance.members.map((member) =>
      makePart({ instance, member, group: groupOf({ instance, member, ties, known }) }, known),
    ),
  );
  return { instances, parts };
}

/** What a sync group has on one director. */
interface Tie {
  instances: number;
  hasOwner: boolean;
}

function tiesOf(instances: readonly VrrpInstance[], { groups }: Known): ReadonlyMap<string, Tie> {
  const ties = new Map<string, Tie>();
  for (const { name, members } of instances)
    for (const group of groups.get(name) ?? [])
      for (const { director, priority } of members) {
        const key = tieKey(group, director);
        const tie = ties.get(key) ?? { instances: 0, hasOwner: false };
        ties.set(key, tie);
        tie.instances++;
        tie.hasOwner ||= priority === OWNER_PRIORITY;
      }
  return ties;
}

function tieKey({ name }: SyncGroup, director: string): string {
  return `${name}\n\n${director}`;
}

/** A group with fewer than two instances here ties nothing (vrrp_sync.c vrrp_sync_set_group). */
function groupOf({
  instance,
  member,
  ties,
  known,
}: Pick<Membership, 'instance' | 'member'> & { ties: ReadonlyMap<string, Tie>; known: Known }): Membership['group'] {
  for (const meant of known.groups.get(instance.name) ?? []) {
    const tie = ties.get(tieKey(meant, member.director));
    if (tie !== undefined && tie.instances >= 2) return { meant, hasOwner: tie.hasOwner };
  }
  return null;
}

function makePart(membership: Membership, { trackers, directors }: Known): Part {
  const { instance, member, group } = membership;
  const address = directors.get(member.director)?.address;
  return {
    ...membership,
    followed: followedBy(membership, trackers),
    address: member.source?.text ?? (address?.family === instance.family ? address.text : null),
    vipDevices: vipDevices(membership),
    unit: group === null ? `${instance.name}\n${member.director}` : tieKey(group.meant, member.director),
  };
}

function vipDevices({ instance, member }: Membership): ReadonlySet<string> {
  const devices = [...instance.vips, ...instance.excludedVips].map((vip) => vip.interface ?? member.interface ?? '');
  return new Set(devices.length === 0 ? [member.interface ?? ''] : devices);
}
