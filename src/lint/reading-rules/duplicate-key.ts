import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const duplicateKey: ReadingRuleInfo = {
  id: 'LVS003',
  name: 'duplicate-key',
  severity: 'error',
  why: 'Most readers silently keep the last of two equal keys',
  harm: 'Many readers keep the last of two equal keys without a word, and so does keepalived with a repeated keyword. A service pasted a second time under the same name replaces the first one, which is then removed from the kernel.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        web: { vip: 203.0.113.10, port: 443, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        web-https: { vip: 203.0.113.10, port: 443, pool: web }
    `,
  },
  source: 'YAML 1.2.2 §3.2.1.3: keys are unique; keepalived -t (2.2.7) does not report a repeated keyword',
};
