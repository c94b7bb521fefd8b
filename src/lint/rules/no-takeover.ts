import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { type Followed, OWNER_PRIORITY } from '../failover/followed.ts';
import { failureOf } from '../failover/single-failures.ts';
import type { Standing } from '../failover/simulate.ts';
import type { Part } from '../failover/world.ts';
import type { Report, Rule } from '../rule.ts';
import { surveyedByInstance } from '../surveyed.ts';
import { TRACKER_NOUNS, trackerUses } from '../tracker-uses.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const noTakeover: Rule = {
  id: 'LVS236',
  name: 'no-takeover',
  severity: 'warning',
  why: 'A weight that leaves the master above every other director moves nothing: the check fails, and the clients stay where it fails',
  harm: 'A weight is added to the priority, and the director with the highest sum is master. When the master still has more than the next one after all that it follows has failed, it stays master, and the clients stay with what fails. keepalived logs the new priority and nothing else, since an election that changes nothing is right by the protocol.',
  examples: {
    bad: yaml`
      track: { scripts: { proxy: { command: /usr/local/bin/check-proxy, weight: -30 } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { proxy: {} } }
    `,
    good: yaml`
      track: { scripts: { proxy: { command: /usr/local/bin/check-proxy, weight: -60 } } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { proxy: {} } }
    `,
  },
  source: 'keepalived vrrp_track.c vrrp_set_effective_priority; acassen/keepalived#942, #2379, #2599',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (loaded.damaged(['track']) || loaded.damaged(['sync_groups'])) return;
  for (const instance of writtenInstances(loaded)) {
    const isOpen = directorsLost(loaded, instance) || isLost(loaded, instance, 'track', 'preempt');
    if (isOpen || !instance.meant.preempt || hasEquals(instance)) continue;
    const stuck = firstStuck(loaded, instance);
    if (stuck !== undefined) yield report(loaded, instance, stuck);
  }
}

/** Equal priorities are a finding of their own. */
function hasEquals({ meant: { members } }: WrittenInstance): boolean {
  return new Set(members.map(({ priority }) => priority)).size < members.length;
}

/** A director that stays master though all that it follows with a weight fails there, and the one to take over. */
interface Stuck {
  readonly failing: readonly Followed[];
  readonly master: Standing;
  readonly next: Standing;
}

function firstStuck(loaded: LoadedSpec, { name, meant }: WrittenInstance): Stuck | undefined {
  const surveyed = surveyedByInstance(loaded).get(meant);
  if (surveyed === undefined || surveyed.survey === null) return undefined;
  const ranked = surveyed.world.parts
    .filter(({ instance }) => instance === meant)
    .sort((a, b) => b.member.priority - a.member.priority);
  // The last one has nobody behind it.
  for (const [index, part] of ranked.slice(0, -1).entries()) {
    const failing = weighted(part);
    if (failing.length === 0) continue;
    const failures = [
      ...ranked.slice(0, index).map(({ member }) => ({ kind: 'director' as const, director: member.director })),
      ...failing.flatMap((followed) => failureOf(followed, part) ?? []),
    ];
    const standings = surveyed.holding(name, failures)?.standings ?? [];
    const master = standings.find(({ director, state }) => director === part.member.director && state === 'master');
    const next = standings.find(({ director }) => director === ranked[index + 1]?.member.director);
    if (master !== undefined && next !== undefined) return { failing, master, next };
  }
  return undefined;
}

/** What lowers a priority by failing. */
function weighted({ member, followed }: Part): readonly Followed[] {
  if (member.priority === OWNER_PRIORITY) return [];
  return followed.filter(({ kind, weight, reverse }) => weight !== 0 && !reverse && kind !== 'files');
}

function report(loaded: LoadedSpec, { name, path }: WrittenInstance, { failing, master, next }: Stuck): Report {
  const things = failing.map(({ kind, name: thing }) => `${TRACKER_NOUNS[kind]} ${thing}`).join(' and ');
  const weights = failing.map(({ weight }) => `weight ${weight}`).join(', ');
  return {
    path: placeOf(loaded, path, failing[0]),
    side: 'key',
    message: `${next.director} never takes ${name} over although ${things} ${failing.length === 1 ? 'fails' : 'fail'} on ${master.director}: ${weights} leaves ${master.director} at ${master.priority}, and ${next.director} has ${next.priority}`,
    hint: 'choose a weight larger than the difference of the priorities, or weight: 0, which makes a failure a fault',
    related: [{ path: [...path, 'priority'], message: 'the priorities' }],
  };
}

/** With the instance, or with its sync group. */
function placeOf({ spec, ...loaded }: LoadedSpec, path: Path, followed: Followed | undefined): Path {
  const groups = Object.entries(spec.sync_groups ?? {}).flatMap(([name, { instances }]) =>
    instances.includes(String(path[1])) ? [['sync_groups', name]] : [],
  );
  const uses = [path, ...groups].flatMap((owner) => trackerUses({ spec, ...loaded }, owner));
  return uses.find(({ kind, name }) => kind === followed?.kind && name === followed.name)?.path ?? path;
}
