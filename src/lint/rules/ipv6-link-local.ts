import type { LoadedSpec } from '../../spec/load.ts';
import { isLinkLocal } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, isStrict, writtenInstances } from '../written-vrrp.ts';

export const ipv6LinkLocal: Rule = {
  id: 'LVS230',
  name: 'ipv6-link-local',
  severity: 'info',
  why: 'Other implementations may refuse such adverts, and hosts that take the VIP for their router want it; between keepalived and services it does no harm',
  harm: 'The RFC wants a link-local address first in an IPv6 advert, and routers of other vendors may refuse one without. keepalived only logs it, unless strict mode makes it an error. Hosts that use the VIP as their router need the link-local address; for IPVS services it does not matter.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        web-6: { virtual_router_id: 51, vips: ["2001:db8::10/64"], priority: { lb1: 150, lb2: 100 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        web-6: { virtual_router_id: 51, vips: ["fe80::51/64", "2001:db8::10/64"], priority: { lb1: 150, lb2: 100 } }
    `,
  },
  source:
    'RFC 5798 §5.2.9; keepalived vrrp.c: "the first IPv6 VIP address should be link local"; on IPv6 instances: acassen/keepalived#497, #341, #631, #2658, #2573',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    if (meant.family !== 'ipv6' || meant.unicast !== null || isLost(loaded, instance, 'vips', 'unicast')) continue;
    // Strict mode makes it an error: strict-mode.
    if (meant.vips.length === 0 || isStrict(loaded, meant) || meant.vips.some(({ address }) => isLinkLocal(address)))
      continue;
    yield {
      path: [...path, 'vips'],
      side: 'key',
      message: `${name} has no link-local VIP, which the first one of IPv6 should be`,
      hint: `add one, such as fe80::${meant.virtualRouterId.toString(16)}/64`,
    };
  }
}
