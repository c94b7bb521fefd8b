import type { DesiredService } from '../model/desired.ts';
import type { SyncGroup, Vip, VrrpInstance } from '../model/vrrp.ts';
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
export function writtenGroups(loaded: LoadedSpec): readonly WrittenGroup[] {
  const instances = writtenInstances(loaded);
  return Object.keys(loaded.spec.sync_groups ?? {}).flatMap((name) => {
    const meant = loaded.desired.keepalived.syncGroups.find((group) => group.name === name);
    if (meant === undefined) return [];
    const members = instances.filter((instance) => meant.instances.includes(instance.name));
    return [{ name, path: ['sync_groups', name], meant, instances: members }];
  });
}

/**
 * Every two instances that have the same mark and some director in common, the later one first, with the names of those
 * directors. One without a mark is left out.
 */
export function* neighbours(
  loaded: LoadedSpec,
  markOf: (instance: WrittenInstance) => string | null,
): Iterable<{
  readonly later: WrittenInstance;
  readonly earlier: WrittenInstance;
  readonly directors: readonly string[];
}> {
  for (const [mark, alike] of Map.groupBy(writtenInstances(loaded), markOf)) {
    if (mark === null) continue;
    for (const [index, later] of alike.entries())
      for (const earlier of alike.slice(0, index)) {
        const directors = commonDirectors(later, earlier);
        if (directors.length > 0) yield { later, earlier, directors };
      }
  }
}

export function commonDirectors(one: WrittenInstance, other: WrittenInstance): readonly string[] {
  const directors = directorsOf(other);
  return directorsOf(one).filter((name) => directors.includes(name));
}

export function directorsOf({ meant }: WrittenInstance): readonly string[] {
  return meant.members.map(({ director }) => director);
}
