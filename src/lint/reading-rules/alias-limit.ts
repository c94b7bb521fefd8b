import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const aliasLimit: ReadingRuleInfo = {
  id: 'LVS009',
  name: 'alias-limit',
  severity: 'error',
  why: 'Nested aliases can stand for more values than memory holds',
  harm: 'A few lines of aliases within aliases stand for billions of values, which fill the memory of whoever reads them: a spec from a pull request must not stop the machine that checks it. An alias to the value it stands in has no end at all.',
  examples: {
    bad: yaml`
      pools:
        web: &web { web-1: 10.0.0.21, web-2: *web }
    `,
    good: yaml`
      pools:
        web: &web { web-1: 10.0.0.21, web-2: 10.0.0.22 }
        shop: *web
    `,
  },
  source: 'the "billion laughs" attack',
};
