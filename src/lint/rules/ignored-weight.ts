import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { TRACKER_NOUNS, type TrackerUse, trackerUses } from '../tracker-uses.ts';
import { type WrittenGroup, writtenGroups } from '../written-vrrp.ts';

export const ignoredWeight: Rule = {
  id: 'LVS184',
  name: 'ignored-weight',
  severity: 'error',
  why: 'In a sync group one priority must not move alone: keepalived drops what would move it, and a failure has no effect',
  harm: 'A group moves as one, so keepalived takes no weight that would move a single member: it reports the tracker and drops it, unless the group has tracking_weight. The failure it was to notice then changes nothing, and the VIP stays where the service is broken. A file with weight 1 becomes a fault instead, and an interface or a process lowers the one priority all the same. A weight of 0 works: it makes the failure a fault of the whole group.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up, weight: -60 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 } }
      sync_groups: { site: { instances: [web, inside] } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 } }
      sync_groups: { site: { instances: [web, inside] } }
    `,
  },
  source: 'keepalived vrrp.c vrrp_complete_instance, sync_group_tracking_init; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const group of writtenGroups(loaded)) {
    if (!group.meant.trackingWeight && !loaded.incomplete(group.path)) yield* ofInstances(loaded, group);
    if (hasOwner(group)) yield* ofGroup(loaded, group);
  }
}

function* ofInstances(loaded: LoadedSpec, group: WrittenGroup): Iterable<Report> {
  for (const instance of group.instances)
    for (const use of weighted(loaded, instance.path))
      yield {
        path: use.path,
        side: 'key',
        message: `The weight ${use.weight} of ${TRACKER_NOUNS[use.kind]} ${use.name} ${fateOf(use)}: ${instance.name} is in sync group ${group.name}`,
        hint: `give it weight: 0 here, which makes a failure a fault, or set tracking_weight of ${group.name}`,
        related: [{ path: group.path, side: 'key', message: `the sync group ${group.name}` }],
      };
}

/** What keepalived 2.2.7 does, whatever it says (failover/followed.ts). */
function fateOf({ kind, weight }: TrackerUse): string {
  if (kind === 'interfaces' || kind === 'processes') return 'moves one priority alone';
  if (kind === 'files' && weight === 1) return 'becomes 0, so that any number but 0 is a fault';
  return 'is ignored';
}

function* ofGroup(loaded: LoadedSpec, group: WrittenGroup): Iterable<Report> {
  for (const use of weighted(loaded, group.path))
    yield {
      path: use.path,
      side: 'key',
      message: `The weight ${use.weight} of ${TRACKER_NOUNS[use.kind]} ${use.name} is ignored: ${group.name} has a director with priority 255`,
      hint: 'give it weight: 0 here, which makes a failure a fault',
    };
}

function weighted(loaded: LoadedSpec, path: WrittenGroup['path']): readonly TrackerUse[] {
  return trackerUses(loaded, path).filter(
    ({ kind, name, weight }) => weight !== 0 && !loaded.damaged(['track', kind, name]),
  );
}

function hasOwner({ instances }: WrittenGroup): boolean {
  return instances.some(({ meant }) => meant.members.some(({ priority }) => priority === 255));
}
