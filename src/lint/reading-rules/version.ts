import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const version: ReadingRuleInfo = {
  id: 'LVS013',
  name: 'version',
  severity: 'error',
  why: 'Without its version a spec may mean something else to a later lvsctl',
  harm: 'A later version of the language may give a key another meaning or another default. The version line is how lvsctl knows that it understands a spec, instead of guessing.',
  examples: {
    bad: yaml`
      version: 2
    `,
    good: yaml`
      version: 1
    `,
  },
  source: 'lvsctl',
};
