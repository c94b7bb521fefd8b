import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const invalidDuration: ReadingRuleInfo = {
  id: 'LVS017',
  name: 'invalid-duration',
  severity: 'error',
  why: 'A number without a unit means seconds to one tool and minutes to the next',
  harm: 'ipvsadm counts in seconds, BFD in milliseconds, and other tools in minutes. A bare number is therefore right in one place and wrong by a factor in the next.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { timeout: 300 } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { timeout: 300s } }
    `,
  },
  source: 'lvsctl',
};
