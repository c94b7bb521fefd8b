import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import { devicesNamed } from '../failover/followed.ts';
import type { Report, Rule } from '../rule.ts';
import { type TrackerUse, trackerUses } from '../tracker-uses.ts';
import { directorsLost, isLost, type WrittenInstance, writtenGroups, writtenInstances } from '../written-vrrp.ts';

export const weightOnVipInterface: Rule = {
  id: 'LVS270',
  name: 'weight-on-vip-interface',
  severity: 'warning',
  why: 'keepalived follows an interface that a VIP or a route names in any case, and without a weight: its failure is a fault',
  harm: 'Whatever interface a VIP, a route or a rule of an instance names, the instance follows, and its failure is a fault: the director gives up all VIPs of the instance, those on other interfaces too. A weight that track gives the same interface is dropped without a word. Where it was to make the better of two directors win when both have lost that network, nobody holds the VIPs; and a positive weight is not added to the priority while all is well. With no_track the VIP or the route is not a reason to follow its interface, and the weight counts.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24, { address: 10.9.0.1/24, interface: eth1 }]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { eth1: { weight: -60 } } }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24, { address: 10.9.0.1/24, interface: eth1, no_track: true }]
          priority: { lb1: 150, lb2: 100 }
          track: { interfaces: { eth1: { weight: -60 } } }
    `,
  },
  source: 'keepalived vrrp.c vrrp_complete_instance, add_vrrp_to_interface; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) yield* reports(loaded, { owner: instance.path, instance });
  for (const { path, instances } of writtenGroups(loaded))
    for (const instance of instances) yield* reports(loaded, { owner: path, instance });
}

/** Of what an instance, or the sync group that it is in, follows. */
function* reports(
  loaded: LoadedSpec,
  { owner, instance }: { owner: Path; instance: WrittenInstance },
): Iterable<Report> {
  if (isLost(loaded, instance, 'interface') || directorsLost(loaded, instance)) return;
  const { ofVips, ofLines } = devicesNamed(instance.meant);
  for (const use of trackerUses(loaded, owner)) {
    if (use.kind !== 'interfaces' || use.weight === 0 || isOwn(use, instance)) continue;
    const what = ofVips.includes(use.name) ? 'VIP' : ofLines.includes(use.name) ? 'route or a rule' : undefined;
    if (what === undefined) continue;
    yield {
      path: [...use.path, 'weight'],
      message: `The weight ${use.weight} of interface ${use.name} does not count: ${instance.name} has a ${what} there, so that its failure is a fault`,
      hint: `remove the weight, or give that ${what} no_track`,
    };
  }
}

/** What is said of that is another matter: tracked-twice. */
function isOwn({ name }: TrackerUse, { meant }: WrittenInstance): boolean {
  return meant.members.some((member) => member.interface === name);
}
