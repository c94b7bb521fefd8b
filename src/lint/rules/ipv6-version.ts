import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, writtenInstances } from '../written-vrrp.ts';

export const ipv6Version: Rule = {
  id: 'LVS182',
  name: 'ipv6-version',
  severity: 'error',
  why: 'VRRP version 2 has no IPv6, so the instance would speak version 3 whatever is written',
  harm: 'VRRP version 2 is defined for IPv4 only. keepalived takes version 2 beside IPv6 addresses without a word outside strict mode, so the file says something that is not on the wire, and a router of another vendor that is set to match it does not.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        web-6:
          virtual_router_id: 51
          version: 2
          vips: ["fe80::51/64", "2001:db8::10/64"]
          priority: { lb1: 150, lb2: 100 }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        web-6:
          virtual_router_id: 51
          version: 3
          vips: ["fe80::51/64", "2001:db8::10/64"]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'RFC 3768; RFC 5798 §1.2; keepalived vrrp_parser.c vrrp_version_handler',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, written, meant } = instance;
    if (written.version !== 2 || meant.family !== 'ipv6' || isLost(loaded, instance, 'vips')) continue;
    yield {
      path: [...path, 'version'],
      message: `${name} has IPv6 VIPs, which VRRP version 2 does not have`,
      hint: 'write version: 3, or remove it',
    };
  }
}
