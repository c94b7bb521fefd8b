import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const invalidAddress: ReadingRuleInfo = {
  id: 'LVS015',
  name: 'invalid-address',
  severity: 'error',
  why: 'Tools read short and octal forms as other addresses, and names change what they mean',
  harm: 'ipvsadm reads addresses with inet_aton: 192.0.2 is 192.0.0.2 to it, and 010.0.0.1 is octal and becomes 8.0.0.1. A name is looked up in DNS at that moment, so the same spec gives different tables. keepalived skips a block whose address is a name.',
  examples: {
    bad: yaml`
      pools:
        web: { web-1: 010.0.0.21, web-2: 10.0.0.22 }
    `,
    good: yaml`
      pools:
        web: { web-1: 10.0.0.21, web-2: 10.0.0.22 }
    `,
  },
  source: 'inet_aton(3), which ipvsadm uses: 010.0.0.1 is 8.0.0.1; keepalived skips a virtual server with a host name',
};
