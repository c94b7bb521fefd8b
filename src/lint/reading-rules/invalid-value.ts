import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const invalidValue: ReadingRuleInfo = {
  id: 'LVS004',
  name: 'invalid-value',
  severity: 'error',
  why: 'The value has the wrong type or is out of range',
  harm: 'A value of the wrong type, or beyond its range, has no meaning in the kernel or in keepalived. keepalived often takes something else in its place: a priority out of range becomes 100.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 70000, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 7000, pool: web }
    `,
  },
  source: 'the schema (lvsctl schema)',
};
