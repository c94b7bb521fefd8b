import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const yamlSyntax: ReadingRuleInfo = {
  id: 'LVS001',
  name: 'yaml-syntax',
  severity: 'error',
  why: 'The text is not YAML, so nothing in it can be relied on',
  harm: 'What the author meant cannot be told from text that YAML does not allow. Nothing else is said about such a file, and nothing is planned from it: the mistake would hide others, and what is missing behind it may only seem to be missing.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'YAML 1.2.2',
};
