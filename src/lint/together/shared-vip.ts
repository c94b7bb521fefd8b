import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { writtenVips } from '../written-vips.ts';
import { writtenInstances } from '../written-vrrp.ts';
import type { TogetherReport, TogetherRule } from './rule.ts';
import { encounters } from './segment.ts';

export const sharedVip: TogetherRule = {
  id: 'LVS281',
  name: 'shared-vip',
  severity: 'error',
  why: 'Two clusters that hold one address in one network take its packets from each other, by whoever answered ARP last',
  harm: 'Two masters of two clusters hold one address and both announce it by ARP. The neighbours send to whoever they heard last, and every new announcement moves all clients to a cluster that knows none of their connections. Neither cluster hears of the other, since their virtual routers have different numbers.',
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
        mail: { virtual_router_id: 52, vips: [203.0.113.10/24], priority: { lb3: 150, lb4: 100 } }
      services:
        mail: { vip: 203.0.113.10, port: 25, pool: web }
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
  source: 'RFC 5227; RFC 5798 §7.1',
  check,
};

function* check(later: LoadedSpec, earlier: LoadedSpec): Iterable<TogetherReport> {
  if (encounters(later, earlier).length === 0) return;
  const held = new Map(
    writtenInstances(earlier).flatMap((instance) =>
      writtenVips(instance).map(({ address, path }) => [address.text, { path, name: instance.name }] as const),
    ),
  );
  for (const instance of writtenInstances(later))
    for (const { address, path } of writtenVips(instance)) {
      const twin = held.get(address.text);
      if (twin === undefined) continue;
      yield {
        loaded: later,
        path,
        message: `${address.text} is a VIP of ${instance.name}, and of ${twin.name} in another spec whose directors share a network`,
        hint: 'let one of the two have it; if it is not one network, name the segment of the directors',
        other: { loaded: earlier, path: twin.path, message: `that of ${twin.name}` },
      };
    }
}
