import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, writtenInstances } from '../written-vrrp.ts';

export const noVips: Rule = {
  id: 'LVS174',
  name: 'no-vips',
  severity: 'error',
  why: 'An advert needs an address: keepalived complains with version 2, and ends at once with version 3',
  harm: 'An advert lists the addresses of its instance, excluded ones not among them. With VRRP version 3, or in strict mode, keepalived ends over an empty list; with version 2 it (2.2.7) complains and speaks for nothing.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          excluded_vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'keepalived vrrp.c vrrp_complete_instance: "No VIP specified"; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, written, meant } = instance;
    if (meant.vips.length > 0 || isLost(loaded, instance, 'vips')) continue;
    const hasExcluded = meant.excludedVips.length > 0;
    yield {
      path: written.vips === undefined ? path : [...path, 'vips'],
      side: 'key',
      message: hasExcluded ? `${name} has excluded_vips only, so its adverts are empty` : `${name} has no VIPs`,
      hint: hasExcluded ? 'move at least one to vips' : 'add its addresses under vips',
    };
  }
}
