import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const notAMapping: ReadingRuleInfo = {
  id: 'LVS007',
  name: 'not-a-mapping',
  severity: 'error',
  why: 'An empty or truncated file must never be read as "remove everything"',
  harm: 'A file that a template left empty, or that was cut off, says nothing about services; taken as a spec it would ask for the removal of all. keepalived -t takes an empty file for a good one.',
  examples: {
    bad: {
      'web.lvs.yaml': yaml`
        - web
        - shop
      `,
    },
    good: {
      'web.lvs.yaml': yaml`
        version: 1
        directors: { lb1: { address: 192.0.2.11, interface: eth0 } }
        services:
          web: { vip: 203.0.113.10, port: 80, forwarding: nat, servers: { web-1: 10.0.0.21 } }
      `,
    },
  },
  source: 'the schema (lvsctl schema)',
};
