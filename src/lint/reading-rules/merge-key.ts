import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const mergeKey: ReadingRuleInfo = {
  id: 'LVS008',
  name: 'merge-key',
  severity: 'error',
  why: 'Merge keys are no part of YAML 1.2, and hide where a value comes from',
  harm: 'Merge keys were dropped from YAML with version 1.2; some readers follow them, and others keep a key called <<. A spec must mean the same to every tool that reads it, and a reviewer must see where a value comes from. Defaults and pools do the same work.',
  examples: {
    bad: yaml`
      services:
        web: &web { vip: 203.0.113.10, port: 80, pool: web }
        shop: { <<: *web, port: 443 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        shop: { vip: 203.0.113.10, port: 443, pool: web }
    `,
  },
  source: 'YAML 1.2.2',
};
