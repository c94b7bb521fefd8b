import type { DesiredService } from '../model/desired.ts';
import type { SyncGroup, Vip, VrrpInstance, VrrpMember } from '../model/vrrp.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { InstanceSpec } from '../spec/schema/vrrp.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** A VRRP instance both as it is written and as it is meant. */
export interface WrittenInstance {
  readonly name: string;
  readonly path: Path;
  readonly written: InstanceSpec;
  readonly meant: VrrpInstance;
}

/** All of them, in the order they are written. */
export const writtenInstances: (loaded: LoadedSpec) => readonly WrittenInstance[] = oncePerSpec(({ spec, desired }) => {
  const byName = new Map(desired.keepalived.instances.map((instance) => [instance.name, instance]));
  return Object.entries(spec.vrrp ?? {}).flatMap(([name, written]) => {
    const meant = byName.get(name);
    return meant === undefined ? [] : [{ name, path: ['vrrp', name], written, meant }];
  });
});

/** Whether an instance may say more under these keys than could be read. */
export function isLost(
  loaded: LoadedSpec,
  { path, written }: WrittenInstance,
  ...keys: (keyof InstanceSpec)[]
): boolean {
  return keys.some((key) => loaded.damaged([...path, key]) || (written[key] === undefined && loaded.incomplete(path)));
}

/** Whether the directors of an instance may be others, or otherwise, than could be read. */
export function directorsLost(loaded: LoadedSpec, instance: WrittenInstance): boolean {
  return (
    isLost(loaded, instance, 'priority') ||
    loaded.damaged(['directors']) ||
    (loaded.spec.directors === undefined && loaded.incomplete([]))
  );
}

export function isStrict({ desired }: LoadedSpec, { strict }: VrrpInstance): boolean {
  return strict ?? desired.keepalived.settings.vrrpStrict ?? false;
}

/** Where it is said that an instance is strict. */
export function strictPath({ path, written }: WrittenInstance): Path {
  return written.strict === undefined ? ['keepalived', 'vrrp_strict'] : [...path, 'strict'];
}

/** A VIP with the instance that holds it. */
export interface HeldVip {
  readonly instance: WrittenInstance;
  readonly vip: Vip;
}

/** The VIP of a service, where an instance holds it: the first that does. */
export function heldVipOf(loaded: LoadedSpec, { address }: DesiredService): HeldVip | undefined {
  return address.kind === 'address' ? heldVips(loaded).get(address.vip) : undefined;
}

const heldVips = oncePerSpec((loaded): ReadonlyMap<string, HeldVip> => {
  const held = new Map<string, HeldVip>();
  for (const instance of writtenInstances(loaded))
    for (const vip of [...instance.meant.vips, ...instance.meant.excludedVips])
      if (!held.has(vip.address.text)) held.set(vip.address.text, { instance, vip });
  return held;
});

/** A sync group both as it is written and as it is meant, with those of its instances that there are. */
export interface WrittenGroup {
  readonly name: string;
  readonly path: Path;
  readonly meant: SyncGroup;
  readonly instances: readonly WrittenInstance[];
}

/** All of them, in the order they are written. */
export const writtenGroups: (loaded: LoadedSpec) => readonly WrittenGroup[] = oncePerSpec((loaded) => {
  const instances = writtenInstances(loaded);
  const places = new Map(instances.map(({ name }, place) => [name, place]));
  const groups = new Map(loaded.desired.keepalived.syncGroups.map((group) => [group.name, group]));
  return Object.keys(loaded.spec.sync_groups ?? {}).flatMap((name) => {
    const meant = groups.get(name);
    if (meant === undefined) return [];
    const members = [...new Set(meant.instances.flatMap((member) => places.get(member) ?? []))].sort((a, b) => a - b);
    const here = members.flatMap((place) => instances[place] ?? []);
    return [{ name, path: ['sync_groups', name], meant, instances: here }];
  });
});

/** An instance with an earlier one that has something on the same director that only one can have. */
export interface Twins {
  readonly later: WrittenInstance;
  readonly earlier: WrittenInstance;
  readonly director: string;
}

/** So many with the same mark on one director are compared with each other; one is a mistake. */
const MOST_ALIKE = 100;

/**
 * For each instance the first one that is its twin. Only those are compared that have the same mark on some director, so
 * that thousands are not held against each other; one without a mark is left out.
 */
export function* findTwins(
  loaded: LoadedSpec,
  markOf: (instance: WrittenInstance, member: VrrpMember) => string | null,
  areTwins: (later: WrittenInstance, earlier: WrittenInstance, director: string) => boolean = () => true,
): Iterable<Twins> {
  const alike = new Map<string, Map<WrittenInstance, number>>();
  for (const [place, later] of writtenInstances(loaded).entries()) {
    let first: { readonly place: number; readonly twins: Twins } | undefined;
    for (const member of later.meant.members) {
      const mark = markOf(later, member);
      if (mark === null) continue;
      const { director } = member;
      const known = alike.get(`${director} ${mark}`) ?? new Map();
      alike.set(`${director} ${mark}`, known);
      for (const [earlier, at] of known)
        if (at < (first?.place ?? place) && areTwins(later, earlier, director)) {
          first = { place: at, twins: { later, earlier, director } };
          break;
        }
      if (known.size < MOST_ALIKE) known.set(later, place);
    }
    if (first !== undefined) yield first.twins;
  }
}

export function commonDirectors(one: WrittenInstance, other: WrittenInstance): readonly string[] {
  const directors = new Set(directorsOf(other));
  return directorsOf(one).filter((name) => directors.has(name));
}

export function directorsOf({ meant }: WrittenInstance): readonly string[] {
  return meant.members.map(({ director }) => director);
}
