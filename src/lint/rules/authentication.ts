import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, writtenInstances } from '../written-vrrp.ts';

export const authentication: Rule = {
  id: 'LVS178',
  name: 'authentication',
  severity: 'error',
  why: 'keepalived drops authentication that the version does not have, and cuts a password at 8 bytes',
  harm: 'keepalived cuts a password at 8 bytes, so two long ones that begin alike become equal, and routers of other vendors refuse them. VRRP version 3 has no authentication, and keepalived drops it there. Either way the adverts are less protected than the spec says.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          version: 3
          priority: { lb1: 150, lb2: 100 }
          authentication: { type: ah, password: S3cret-1 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          authentication: { type: ah, password: S3cret-1 }
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance, vrrp_parser.c vrrp_auth_pass_handler; RFC 5798 §9; acassen/keepalived#2224, #2546; kubernetes/contrib#460; ceph PR 46907',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    if (meant.authentication === null) continue;
    const isKnown = !isLost(loaded, instance, 'vips', 'version') && !loaded.damaged(['keepalived', 'vrrp_version']);
    if (isKnown && meant.version === 3)
      yield {
        path: [...path, 'authentication'],
        side: 'key',
        message: `${name} speaks VRRP version 3${meant.family === 'ipv6' ? ', as all IPv6 does' : ''}, which has no authentication`,
        hint: 'remove it; a filter for protocol 112 protects better',
      };
    const bytes = Buffer.byteLength(meant.authentication.password);
    if (bytes > 8)
      yield {
        path: [...path, 'authentication', 'password'],
        message: `An advert has room for 8 bytes, and the password of ${name} has ${bytes}`,
        hint: 'use ASCII',
      };
  }
}
