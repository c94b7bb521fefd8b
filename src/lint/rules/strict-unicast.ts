import type { LoadedSpec } from '../../spec/load.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isStrict, strictPath, writtenInstances } from '../written-vrrp.ts';

export const strictUnicast: Rule = {
  id: 'LVS220',
  name: 'strict-unicast',
  severity: 'warning',
  why: 'keepalived 2.2.5 to 2.3.4 take strict mode with unicast without a word; 2.4.0 ends at once over it',
  harm: 'Up to 2.2.4 keepalived ended over an instance that is strict and sends unicast; 2.2.5 to 2.3.4 look before they know of unicast, and take it. So it works on Debian 12, and after an upgrade to 2.4.0 keepalived ends at once, with every VIP of the director.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          version: 3
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          strict: true
          unicast: true
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          version: 3
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          unicast: true
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance, v2.2.8 and v2.4.0; measured with 2.2.7; on strict mode: acassen/keepalived#474, #1373, #2046, #1142, #2319, #2339',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  // From 2.4.0 on it is an error: strict-mode.
  if (!isOlder(loaded.desired.keepalived.version, '2.4.0')) return;
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    if (meant.unicast === null || !isStrict(loaded, meant)) continue;
    yield {
      path: [...path, 'unicast'],
      side: 'key',
      message: `${name} is strict and sends unicast; after an upgrade to keepalived 2.4 it would not start`,
      hint: 'remove one of the two',
      related: [{ path: strictPath(instance), message: 'strict here' }],
    };
  }
}
