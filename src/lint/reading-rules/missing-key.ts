import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const missingKey: ReadingRuleInfo = {
  id: 'LVS012',
  name: 'missing-key',
  severity: 'error',
  why: 'The entry says nothing without this key',
  harm: 'A director without an address, or a script without a command, cannot be written anywhere: there is no default that could be right.',
  examples: {
    bad: yaml`
      directors:
        lb1: { interface: eth0 }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
    `,
  },
  source: 'the schema (lvsctl schema)',
};
