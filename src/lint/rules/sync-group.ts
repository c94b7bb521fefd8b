import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, directorsOf, type WrittenGroup, type WrittenInstance, writtenGroups } from '../written-vrrp.ts';

export const syncGroup: Rule = {
  id: 'LVS185',
  name: 'sync-group',
  severity: 'error',
  why: 'A group moves all of its instances or none, on each of its directors; keepalived leaves out what it cannot tie together',
  harm: `keepalived refuses an instance in a second group, leaves out one it cannot tie, and finds a group of one member "probably isn't what you want". Where the directors of the members differ, a failover tears the group apart: the inside VIP goes to a host that does not have the outside one.`,
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
      sync_groups: { site: { instances: [web] } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 } }
      sync_groups: { site: { instances: [web, inside] } }
    `,
  },
  source: 'keepalived vrrp_sync.c vrrp_sync_set_group; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const seen = new Map<string, WrittenGroup>();
  for (const group of writtenGroups(loaded)) {
    yield* membership(group, seen);
    yield* notify(group);
    if (loaded.damaged([...group.path, 'instances'])) continue;
    yield* size(group);
    const isSure = !group.instances.some((instance) => directorsLost(loaded, instance));
    if (isSure) yield* [...directors(group), ...owners(group)];
  }
}

/** Each instance once, and in one group: the first that has it is remembered. */
function* membership(group: WrittenGroup, seen: Map<string, WrittenGroup>): Iterable<Report> {
  const here = new Set<string>();
  for (const [index, name] of group.meant.instances.entries()) {
    const path = [...group.path, 'instances', index];
    const other = seen.get(name) ?? group;
    seen.set(name, other);
    if (here.size === here.add(name).size)
      yield { path, message: `${name} is in ${group.name} twice`, hint: 'remove one of them' };
    else if (other !== group)
      yield {
        path,
        message: `${name} is in ${group.name} and in ${other.name}`,
        hint: 'make it one group, or remove it from one of them',
        related: [{ path: other.path, side: 'key', message: `the sync group ${other.name}` }],
      };
  }
}

function* notify({ path, name, meant }: WrittenGroup): Iterable<Report> {
  if (meant.notify.deleted !== undefined)
    yield {
      path: [...path, 'notify', 'deleted'],
      side: 'key',
      message: `${name} is a sync group, and keepalived runs no command when one is deleted`,
      hint: 'give it to the instances',
    };
}

function* size({ path, name, meant }: WrittenGroup): Iterable<Report> {
  const count = new Set(meant.instances).size;
  if (count < 2)
    yield {
      path: [...path, 'instances'],
      side: 'key',
      message: `${name} holds ${count === 0 ? 'no instance' : 'one instance'}, and two are the least`,
      hint: 'name another instance, or remove the group',
    };
}

function* directors({ path, name, meant, instances }: WrittenGroup): Iterable<Report> {
  const [first, ...others] = instances;
  const places = placesOf(meant.instances);
  for (const other of others) {
    const odd = first === undefined ? undefined : oddDirector(first, other);
    if (first === undefined || odd === undefined) continue;
    yield {
      path: [...path, 'instances', places.get(other.name) ?? 0],
      message: `${first.name} and ${other.name} are to move together in ${name}, but ${odd} has only one of them`,
      hint: 'give them the same directors',
    };
  }
}

function oddDirector(a: WrittenInstance, b: WrittenInstance): string | undefined {
  const [left, right] = [new Set(directorsOf(a)), new Set(directorsOf(b))];
  return left.values().find((name) => !right.has(name)) ?? right.values().find((name) => !left.has(name));
}

/** keepalived: "some member(s) as address owner and some not as address owner. This won't work." */
function* owners({ path, name, instances }: WrittenGroup): Iterable<Report> {
  const members = instances.flatMap(({ meant }) => meant.members);
  for (const [director, here] of Map.groupBy(members, (member) => member.director)) {
    const owned = here.filter(({ priority }) => priority === 255).length;
    if (owned > 0 && owned < here.length)
      yield {
        path: [...path, 'instances'],
        side: 'key',
        message: `${director} owns the VIPs of some instances in ${name} (priority 255), and not those of others`,
        hint: 'give it 255 in all of them, or in none',
      };
  }
}

/** Where each name stands first. */
function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index] as const).reverse());
}
