import { yaml } from '../example.ts';
import { compareText } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, directorsOf, type WrittenInstance, writtenGroups } from '../written-vrrp.ts';

export const syncGroupOrder: Rule = {
  id: 'LVS240',
  name: 'sync-group-order',
  severity: 'warning',
  why: 'A director takes a sync group over only when it is first in every instance; when each is first in another one, who works is left to chance',
  harm: 'keepalived makes a sync group master only when each instance of it wants to be; until then the instance that would go first waits. Where one director is best in one instance and the other director in the next, which of them gets the group depends on who was up first, and not on the priorities. The group works on either, so nobody looks until the wrong one has it.',
  examples: {
    bad: yaml`
      vrrp:
        outside: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 100, lb2: 150 }, interface: eth1 }
      sync_groups: { gateway: { instances: [outside, inside] } }
    `,
    good: yaml`
      vrrp:
        outside: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 }, interface: eth1 }
      sync_groups: { gateway: { instances: [outside, inside] } }
    `,
  },
  source: 'keepalived vrrp_sync.c vrrp_sync_can_goto_master',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant, instances } of writtenGroups(loaded)) {
    const [first, ...others] = instances;
    if (first === undefined || instances.some((instance) => directorsLost(loaded, instance))) continue;
    const places = new Map(meant.instances.map((instance, index) => [instance, index]));
    for (const other of others) {
      const [wanted, seen] = [order(first), order(other)];
      if (!sameDirectors(first, other) || wanted === seen || [first, other].some(hasEquals)) continue;
      yield {
        path: [...path, 'instances', places.get(other.name) ?? 0],
        message: `${first.name} is to be on ${wanted}, and ${other.name} on ${seen}, though ${name} moves them together`,
        hint: `give ${other.name} the priorities of ${first.name}`,
        related: [
          { path: [...first.path, 'priority'], message: `the priorities of ${first.name}` },
          { path: [...other.path, 'priority'], message: `those of ${other.name}` },
        ],
      };
    }
  }
}

/** The best director first. */
function order({ meant: { members } }: WrittenInstance): string {
  return members
    .toSorted((a, b) => b.priority - a.priority || compareText(a.director, b.director))
    .map(({ director }) => director)
    .join(' before ');
}

function sameDirectors(a: WrittenInstance, b: WrittenInstance): boolean {
  return directorsOf(a).join(' ') === directorsOf(b).join(' ');
}

/** A finding of its own. */
function hasEquals({ meant: { members } }: WrittenInstance): boolean {
  return new Set(members.map(({ priority }) => priority)).size < members.length;
}
