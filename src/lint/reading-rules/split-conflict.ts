import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const splitConflict: ReadingRuleInfo = {
  id: 'LVS014',
  name: 'split-conflict',
  severity: 'error',
  why: 'Two files say different things, and their order must not decide',
  harm: 'A directory of files is one spec. When two of them say different things about the same service or default, the order of their names would decide which one counts, and a renamed file would change the kernel.',
  examples: {
    bad: {
      '10-site.lvs.yaml': yaml`
        version: 1
        directors: { lb1: { address: 192.0.2.11, interface: eth0 } }
        defaults: { forwarding: nat, check: { tcp: {} } }
      `,
      '20-shop.lvs.yaml': yaml`
        defaults: { forwarding: dr }
        services: { shop: { vip: 203.0.113.10, port: 80, servers: { shop-1: 10.0.0.21 } } }
      `,
    },
    good: {
      '10-site.lvs.yaml': yaml`
        version: 1
        directors: { lb1: { address: 192.0.2.11, interface: eth0 } }
        defaults: { forwarding: nat, check: { tcp: {} } }
      `,
      '20-shop.lvs.yaml': yaml`
        services: { shop: { vip: 203.0.113.10, port: 80, forwarding: dr, servers: { shop-1: 10.0.0.21 } } }
      `,
    },
  },
  source: 'lvsctl',
};
