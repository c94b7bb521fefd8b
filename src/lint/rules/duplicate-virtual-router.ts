import type { VrrpInstance, VrrpMember } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { FAMILY_NAMES } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, findTwins, isLost, type WrittenInstance } from '../written-vrrp.ts';

export const duplicateVirtualRouter: Rule = {
  id: 'LVS171',
  name: 'duplicate-virtual-router',
  severity: 'error',
  why: 'Adverts of one would be taken for those of the other; keepalived ends at once over it',
  harm: 'Routers tell instances apart by family, interface and virtual_router_id. keepalived ends over two with the same three in one file, and every VIP of that director is gone. keepalived -t notices it only where the interface exists, so not in CI.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        api: { virtual_router_id: 51, vips: [203.0.113.20/24], priority: { lb1: 100, lb2: 150 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        api: { virtual_router_id: 52, vips: [203.0.113.20/24], priority: { lb1: 100, lb2: 150 } }
    `,
  },
  source:
    'keepalived vrrp.c check_vrid_conflicts: "both use VRID"; RFC 5798 §5.2.3; acassen/keepalived#2444 for two clusters on one network',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const isKnown = (one: WrittenInstance) => !directorsLost(loaded, one) && !isLost(loaded, one, ...IDENTITY);
  const markOf = (one: WrittenInstance, member: VrrpMember) => (isKnown(one) ? identityOf(one.meant, member) : null);
  for (const { later, earlier, director } of findTwins(loaded, markOf, canMixUp)) {
    const { virtualRouterId, family } = later.meant;
    yield {
      path: [...later.path, 'virtual_router_id'],
      message: `${later.name} has the virtual_router_id ${virtualRouterId} of ${earlier.name}, with ${FAMILY_NAMES[family]} on one interface of ${director}`,
      hint: 'choose a number that is free in the network',
      related: [{ path: [...earlier.path, 'virtual_router_id'], message: `that of ${earlier.name}` }],
    };
  }
}

const IDENTITY = ['interface', 'vips', 'unicast', 'multicast_group', 'source'] as const;

/** What check_vrid_conflicts compares: unicast goes by the two addresses, multicast by the group. */
function identityOf(instance: VrrpInstance, { interface: device, source }: VrrpMember): string {
  const { virtualRouterId, family, unicast } = instance;
  const way = unicast === null ? `multicast ${groupOf(instance)}` : `unicast ${source?.text}`;
  return `${virtualRouterId} ${family} ${device} ${way}`;
}

function canMixUp({ meant: a }: WrittenInstance, { meant: b }: WrittenInstance, director: string): boolean {
  if (a.unicast === null) return true;
  const peers = new Set(peersOf(a, director));
  return peersOf(b, director).some((peer) => peers.has(peer));
}

/** keepalived's own where the spec names none. */
function groupOf({ multicastGroup, family }: VrrpInstance): string {
  return multicastGroup?.text ?? (family === 'ipv4' ? '224.0.0.18' : 'ff02::12');
}

function peersOf({ members, unicast }: VrrpInstance, director: string): readonly string[] {
  const others = members.filter((member) => member.director !== director).map(({ source }) => source?.text);
  return [...others, ...(unicast?.peers ?? []).map(({ text }) => text)].filter((text) => text !== undefined);
}
