import { yaml } from '../example.ts';
import type { VrrpInstance } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';
import type { TogetherReport, TogetherRule } from './rule.ts';
import { type Encounter, encounters } from './segment.ts';

export const sharedVirtualRouter: TogetherRule = {
  id: 'LVS280',
  name: 'shared-virtual-router',
  severity: 'error',
  why: 'Two clusters with one number take the adverts of each other for those of their own directors, and one of them gives its VIPs up',
  harm: 'A virtual router is its number: a director takes every advert with that number on its network for one of its own cluster. The master with the lower priority steps back for the director of the other cluster, which does not have its VIPs, and nobody holds them any more. Each spec is right alone and each cluster worked until the other one came.',
  examples: {
    bad: {
      specs: {
        'web.lvs.yaml': yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
        'mail.lvs.yaml': yaml`
      directors:
        lb3: { address: 192.0.2.13, interface: eth0 }
        lb4: { address: 192.0.2.14, interface: eth0 }
      connection_sync: { interface: eth0, sync_id: 2 }
      vrrp:
        mail: { virtual_router_id: 51, vips: [203.0.113.25/24], priority: { lb3: 150, lb4: 100 } }
      services:
        mail: { vip: 203.0.113.25, port: 25, pool: web }
    `,
      },
    },
    good: {
      specs: {
        'web.lvs.yaml': yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
        'mail.lvs.yaml': yaml`
      directors:
        lb3: { address: 192.0.2.13, interface: eth0 }
        lb4: { address: 192.0.2.14, interface: eth0 }
      connection_sync: { interface: eth0, sync_id: 2 }
      vrrp:
        mail: { virtual_router_id: 52, vips: [203.0.113.25/24], priority: { lb3: 150, lb4: 100 } }
      services:
        mail: { vip: 203.0.113.25, port: 25, pool: web }
    `,
      },
    },
  },
  source: 'RFC 5798 §5.2.3; acassen/keepalived#2444; kubeasz#126, kubeadm-ha#49',
  check,
};

function* check(later: LoadedSpec, earlier: LoadedSpec): Iterable<TogetherReport> {
  const met = encounters(later, earlier);
  if (met.length === 0) return;
  for (const instance of writtenInstances(later)) {
    const twin = writtenInstances(earlier).find((other) => canMixUp(instance, other, met));
    if (twin === undefined || isLost(later, instance, ...IDENTITY) || isLost(earlier, twin, ...IDENTITY)) continue;
    yield {
      loaded: later,
      path: [...instance.path, 'virtual_router_id'],
      message: `${instance.name} has the virtual_router_id ${instance.meant.virtualRouterId} of ${twin.name} in another spec, and their directors share a network`,
      hint: 'choose a number that is free in the network; if it is not the same one, name the segment of the directors',
      other: { loaded: earlier, path: [...twin.path, 'virtual_router_id'], message: `that of ${twin.name}` },
    };
  }
}

const IDENTITY = ['interface', 'vips', 'unicast', 'multicast_group'] as const;

/** Unicast is heard by those it is sent to only; instances with one VIP are a finding of their own. */
function canMixUp({ meant }: WrittenInstance, { meant: other }: WrittenInstance, met: readonly Encounter[]): boolean {
  if (meant.virtualRouterId !== other.virtualRouterId || meant.family !== other.family) return false;
  if (meant.unicast !== null || other.unicast !== null || groupOf(meant) !== groupOf(other)) return false;
  const vips = new Set(meant.vips.map(({ address }) => address.text));
  return meet(meant, other, met) && !other.vips.some(({ address }) => vips.has(address.text));
}

function groupOf({ multicastGroup }: VrrpInstance): string {
  return multicastGroup?.text ?? '';
}

function meet(a: VrrpInstance, b: VrrpInstance, met: readonly Encounter[]): boolean {
  const has = ({ members }: VrrpInstance, name: string) => members.some(({ director }) => director === name);
  return met.some(({ later, earlier }) => has(a, later) && has(b, earlier));
}
