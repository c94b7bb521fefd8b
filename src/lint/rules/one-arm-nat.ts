import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { isWithin } from '../address-range.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';
import { heldVipOf } from '../written-vrrp.ts';

export const oneArmNat: Rule = {
  id: 'LVS267',
  name: 'one-arm-nat',
  severity: 'info',
  why: 'A client in the network of the real servers is answered straight, past the director, from an address that it has not asked: its connection never comes up',
  harm: 'With nat the answer must go back through the director, which puts the VIP in place of the real server. A client in the network of the real server gets the answer straight, from an address that it has not asked, and drops it. Clients from elsewhere are answered, so it is the test from the next machine that fails.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
      services:
        web: { vip: 203.0.113.10, port: 80, servers: { web-1: 203.0.113.21 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
      services:
        web: { vip: 203.0.113.10, port: 80, servers: { web-1: 10.0.0.21 } }
    `,
  },
  source: 'LVS-HOWTO, LVS-NAT: one network; doctor nat-gateway looks at the routes',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const vip = heldVipOf(loaded, service)?.vip;
    if (vip === undefined) continue;
    const near = serversIn(loaded, service).find(
      (place) =>
        place.server.forwarding.method === 'nat' &&
        isWithin(place.server.address, vip) &&
        !settingLost(loaded, place, 'forwarding'),
    );
    if (near === undefined) continue;
    yield {
      path: near.written.path,
      message: `${near.server.name} is in the network of ${vip.address.text}, the VIP of ${service.name}, and gets its packets by nat: clients in that network are not answered`,
      hint: 'use dr, or put the real servers into a network of their own behind the directors',
    };
  }
}
