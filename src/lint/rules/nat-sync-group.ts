import type { DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { networksAround } from '../address-range.ts';
import { yaml } from '../example.ts';
import { oncePerSpec } from '../once-per-spec.ts';
import type { Report, Rule } from '../rule.ts';
import { commonDirectors, heldVipOf, type WrittenInstance, writtenGroups, writtenInstances } from '../written-vrrp.ts';

export const natSyncGroup: Rule = {
  id: 'LVS228',
  name: 'nat-sync-group',
  severity: 'warning',
  why: 'With nat the answers of the real servers come back to a VIP of the director inside; when it is on another director than the VIP outside, they are lost',
  harm: 'With nat the real servers send their answers to the VIP inside, which must be on the director that has the VIP outside. When one interface of a director fails, one instance moves and the other stays: requests go in at one director and answers come out at the other, which knows nothing of them.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        inside: { virtual_router_id: 52, vips: [10.0.0.1/24], priority: { lb1: 150, lb2: 100 } }
      sync_groups: { site: { instances: [web, inside] } }
    `,
  },
  source: 'LVS-NAT; keepalived.conf(5) vrrp_sync_group',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const groups = groupsByInstance(loaded);
  const seen = new Set<string>();
  for (const service of loaded.desired.services) {
    const outside = heldVipOf(loaded, service)?.instance;
    if (outside === undefined) continue;
    for (const inside of insideOf(loaded, { service, outside })) {
      const pair = `${outside.name} ${inside.name}`;
      if (seen.size === seen.add(pair).size) continue;
      // A group that lacks one of the two is a finding of its own.
      const [around, within] = [groups.get(outside.name) ?? [], groups.get(inside.name) ?? []];
      const isTied =
        [...around, ...within].some((group) => group.size < 2) || around.some((group) => group.has(inside.name));
      if (isTied) continue;
      yield {
        path: inside.path,
        side: 'key',
        message: `${service.name} needs the VIPs of ${outside.name} and ${inside.name} on one director, since it uses nat, but nothing keeps them together`,
        hint: 'put both instances into one sync group',
        related: [{ path: outside.path, side: 'key', message: 'the instance outside' }],
      };
    }
  }
}

/** The sync groups of each instance, each as its instances. */
function groupsByInstance(loaded: LoadedSpec): ReadonlyMap<string, readonly ReadonlySet<string>[]> {
  const groups = writtenGroups(loaded).map(({ meant }) => new Set(meant.instances));
  const pairs = groups.flatMap((group) => [...group].map((name) => ({ name, group })));
  return new Map(
    [...Map.groupBy(pairs, ({ name }) => name)].map(([name, all]) => [name, all.map(({ group }) => group)]),
  );
}

/** Other instances on the same directors with a VIP in the network of real servers that nat brings packets to. */
function insideOf(
  loaded: LoadedSpec,
  { service, outside }: { service: DesiredService; outside: WrittenInstance },
): readonly WrittenInstance[] {
  const servers = service.servers.filter(({ forwarding }) => forwarding.method === 'nat');
  const around = servers.flatMap(({ address }) => instancesAround(loaded)(address));
  return [...new Set(around.map(({ instance }) => instance))].filter(
    (instance) => instance !== outside && commonDirectors(instance, outside).length > 0,
  );
}

const instancesAround = oncePerSpec((loaded) =>
  networksAround(
    writtenInstances(loaded).flatMap((instance) =>
      [...instance.meant.vips, ...instance.meant.excludedVips].map((vip) => ({ ...vip, instance })),
    ),
  ),
);
