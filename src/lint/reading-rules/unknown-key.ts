import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const unknownKey: ReadingRuleInfo = {
  id: 'LVS002',
  name: 'unknown-key',
  severity: 'error',
  why: 'A mistyped key that is ignored leaves a service without what its author asked for',
  harm: 'keepalived reports an unknown keyword and starts without it; other readers of YAML say nothing at all. The service runs, but without the persistence, the weight or the check that was asked for, and nobody notices until it is needed.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistance: { timeout: 5m } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { timeout: 5m } }
    `,
  },
  source: 'the schema (lvsctl schema); keepalived answers "Unknown keyword" and goes on: weigth, inteface',
};
