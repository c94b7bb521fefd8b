import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const tabIndentation: ReadingRuleInfo = {
  id: 'LVS006',
  name: 'tab-indentation',
  severity: 'error',
  why: 'Tabs have no agreed width',
  harm: 'YAML forbids tabs for indentation, since editors show them with different widths: what looks like a key of a service may be one of the section above it.',
  examples: {
    bad: yaml`
      services:
        web:
      ${'\t'}vip: 203.0.113.10
          port: 80
          pool: web
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
    `,
  },
  source: 'YAML 1.2.2 §6.1',
};
