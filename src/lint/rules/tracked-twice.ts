import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { TRACKER_NOUNS, type TrackerUse, trackerUses } from '../tracker-uses.ts';
import {
  directorsLost,
  isLost,
  type WrittenGroup,
  type WrittenInstance,
  writtenGroups,
  writtenInstances,
} from '../written-vrrp.ts';

export const trackedTwice: Rule = {
  id: 'LVS186',
  name: 'tracked-twice',
  severity: 'error',
  why: 'An instance follows its own interface in any case, and all that its sync group follows; keepalived ignores one of the two, its weight included',
  harm: 'An instance follows its own interface without being told, and whatever its sync group follows. keepalived reports the second mention and ignores one of the two, so a weight that stands there may never count.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { eth0: { weight: -60 } } }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { eth1: { weight: -60 } } }
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance, add_vrrp_to_interface, add_vrrp_to_track_script; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    if (isLost(loaded, instance, 'interface') || directorsLost(loaded, instance)) continue;
    for (const use of trackerUses(loaded, instance.path)) {
      const director = directorOf(use, instance);
      if (director === undefined) continue;
      const message = `${use.name} is the own interface of ${instance.name} on ${director}`;
      yield { path: use.path, side: 'key', message, hint: 'remove it' };
    }
  }
  for (const group of writtenGroups(loaded))
    for (const use of trackerUses(loaded, group.path)) yield* inInstances(loaded, { group, use });
}

/** The first instance of a group that follows what the group does. */
function* inInstances(loaded: LoadedSpec, { group, use }: { group: WrittenGroup; use: TrackerUse }): Iterable<Report> {
  for (const instance of group.instances) {
    const twin = trackerUses(loaded, instance.path).find(({ kind, name }) => kind === use.kind && name === use.name);
    const isOwn = directorOf(use, instance) !== undefined && instance.meant.trackPrimary;
    if (twin === undefined && !isOwn) continue;
    const what = isOwn ? 'its own interface' : `${TRACKER_NOUNS[use.kind]} ${use.name}`;
    return yield {
      path: use.path,
      side: 'key',
      message: `${instance.name}, which is in ${group.name}, follows ${what} already`,
      hint: 'remove one of the two',
      ...(twin === undefined
        ? {}
        : { related: [{ path: twin.path, side: 'key' as const, message: `that of ${instance.name}` }] }),
    };
  }
}

/** A director on which something is the own interface of an instance. */
function directorOf({ kind, name }: TrackerUse, { meant }: WrittenInstance): string | undefined {
  if (kind !== 'interfaces') return undefined;
  return meant.members.find((member) => member.interface === name)?.director;
}
