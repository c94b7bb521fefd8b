import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';

export const vipNotHeld: Rule = {
  id: 'LVS256',
  name: 'vip-not-held',
  severity: 'warning',
  why: 'Nobody answers for an address that no director brings up, so packets for the service never arrive',
  harm: 'An instance brings up the addresses that it lists, and answers ARP for those alone. A service with another VIP is in the table of the kernel with all its real servers and checks, but no packet for it ever arrives. Each part looks right by itself, and no tool compares the two.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.11/24], priority: { lb1: 150, lb2: 100 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
    `,
  },
  source: 'keepalived.conf(5) virtual_ipaddress; RFC 826',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const held = loaded.desired.heldVips;
  // A VIP that could not be read may be the one.
  if (held === null || held.length === 0 || loaded.damaged(['vrrp'])) return;
  const seen = new Set<string>();
  for (const { name, address } of loaded.desired.services) {
    if (address.kind !== 'address' || held.includes(address.vip) || seen.has(address.vip)) continue;
    seen.add(address.vip);
    yield {
      path: ['services', name, 'vip'],
      message: `No VRRP instance holds ${address.vip}, the VIP of ${name}`,
      hint: 'add it to the vips of an instance, or correct it',
    };
  }
}
