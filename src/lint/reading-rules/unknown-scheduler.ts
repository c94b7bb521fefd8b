import { yaml } from '../example.ts';
import type { ReadingRuleInfo } from '../rule.ts';

export const unknownScheduler: ReadingRuleInfo = {
  id: 'LVS018',
  name: 'unknown-scheduler',
  severity: 'error',
  why: 'The kernel refuses a scheduler it has no module for, and keepalived silently takes wlc',
  harm: 'keepalived ignores a scheduler that it does not know and takes wlc. The kernel loads the module ip_vs_NAME and refuses the service when there is none: mh came with Linux 4.18, twos with 5.12.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: maglev }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, scheduler: mh }
    `,
  },
  source: 'ipvsadm(8) -s; keepalived check_parser.c',
};
