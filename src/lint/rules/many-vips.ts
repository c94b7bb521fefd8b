import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const manyVips: Rule = {
  id: 'LVS229',
  name: 'many-vips',
  severity: 'info',
  why: 'An advert counts its addresses with 8 bits, and fits a packet; the other VIPs move along, but no director compares them',
  harm: 'An advert has 8 bits for the number of its addresses, and must fit a packet: 255 of IPv4, 89 of IPv6 with an MTU of 1500. keepalived moves the others to the excluded list at run time; lvsctl writes them there itself. They move with the instance, but no director notices when another one has other addresses.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          priority: { lb1: 150, lb2: 100 }
          vips: [203.0.113.10/24, ${Array.from({ length: 255 }, (_, index) => `198.51.100.${index + 1}/32`).join(', ')}]
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          priority: { lb1: 150, lb2: 100 }
          vips: [203.0.113.10/24, 198.51.100.1/32, 198.51.100.2/32]
    `,
  },
  source: 'RFC 5798 §5.2.5; keepalived vrrp.c vrrp_complete_instance, with an MTU of 1500',
  check,
};

/** As lvsctl divides them: (1500 - 62) / 16 of IPv6. */
const MOST = { ipv4: 255, ipv6: 89 } as const;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded)) {
    const most = MOST[meant.family];
    if (meant.vips.length <= most) continue;
    yield {
      path: [...path, 'vips'],
      side: 'key',
      message: `${name} has ${meant.vips.length} VIPs, and its adverts hold ${most}; the others are written as excluded_vips`,
      hint: 'divide them among several instances in a sync group, or write the rest under excluded_vips yourself',
    };
  }
}
