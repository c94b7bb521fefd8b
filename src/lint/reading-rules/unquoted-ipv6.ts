import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const unquotedIpv6: ReadingRuleInfo = {
  id: 'LVS005',
  name: 'unquoted-ipv6',
  severity: 'error',
  why: 'An IPv6 address that ends in :: looks like a key to YAML',
  harm: 'YAML reads a word that ends in a colon as a key. An address such as 2001:db8:: without quotes becomes a mapping, or an error about something else entirely.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        web-6:
          vip: 2001:db8::
          port: 80
          servers: { web-1: "2001:db8::21" }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
        web-6:
          vip: "2001:db8::"
          port: 80
          servers: { web-1: "2001:db8::21" }
    `,
  },
  source: 'YAML 1.2.2 §7.3.3',
};
