import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { describeFailure } from '../failover/failure.ts';
import type { Report, Rule } from '../rule.ts';
import { surveyedByInstance } from '../surveyed.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const twoMasters: Rule = {
  id: 'LVS237',
  name: 'two-masters',
  severity: 'warning',
  why: 'Two directors that do not hear each other both answer for the VIP, and connections break at random',
  harm: 'A director that hears no advert becomes master. With track_primary: false the failure of the interface of the adverts is no fault, so that the director without it stays or becomes master, and so does the other one. Both hold the VIP where the clients are, and each is right by what it hears; the clients reach now the one and now the other.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [{ address: 203.0.113.10/24, interface: eth0 }]
          priority: { lb1: 150, lb2: 100 }
          interface: eth2
          track_primary: false
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [{ address: 203.0.113.10/24, interface: eth0 }]
          priority: { lb1: 150, lb2: 100 }
          interface: eth2
    `,
  },
  source: 'keepalived vrrp.c, vrrp_if.c; acassen/keepalived#2370, #2649',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  if (loaded.damaged(['track']) || loaded.damaged(['sync_groups'])) return;
  for (const instance of writtenInstances(loaded)) {
    const isOpen = directorsLost(loaded, instance) || isLost(loaded, instance, 'track', 'interface', 'track_primary');
    if (!isOpen) yield* split(loaded, instance);
  }
}

function* split(loaded: LoadedSpec, { name, path, meant }: WrittenInstance): Iterable<Report> {
  for (const { failure, holders: all } of surveyedByInstance(loaded).get(meant)?.survey?.after ?? []) {
    const holders = all.get(meant) ?? [];
    if (holders.length < 2) continue;
    return yield {
      path: [...path, 'track_primary'],
      message: `${holders.join(' and ')} both hold the VIPs of ${name} when ${describeFailure(failure)} fails: they do not hear each other, and nothing takes the VIPs away`,
      hint: 'remove track_primary: false, so that this is a fault',
    };
  }
}
