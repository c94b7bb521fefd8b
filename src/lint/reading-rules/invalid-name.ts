import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const invalidName: ReadingRuleInfo = {
  id: 'LVS016',
  name: 'invalid-name',
  severity: 'error',
  why: 'Names go into logs, metrics and keepalived.conf as they stand',
  harm: 'Names become labels of metrics, words in logs and names of instances in keepalived.conf. A blank or a quote there would need an escape in each of those places, and one of them would forget it. A few words, such as constructor, cannot be names because lvsctl would find them everywhere.',
  examples: {
    bad: yaml`
      pools:
        web: { "web 1": 10.0.0.21, "web 2": 10.0.0.22 }
    `,
    good: yaml`
      pools:
        web: { web-1: 10.0.0.21, web-2: 10.0.0.22 }
    `,
  },
  source: 'lvsctl',
};
