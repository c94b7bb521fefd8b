import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const unknownValue: ReadingRuleInfo = {
  id: 'LVS019',
  name: 'unknown-value',
  severity: 'error',
  why: 'Only the words listed have a meaning',
  harm: 'A word outside the list means nothing, and tools guess: keepalived, which wants its methods in capitals, reports lb_kind dr and takes NAT, which needs another network.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, protocol: http }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, protocol: tcp }
    `,
  },
  source: 'the schema (lvsctl schema); keepalived check_parser.c: lb_kind dr in lower case becomes NAT',
};
