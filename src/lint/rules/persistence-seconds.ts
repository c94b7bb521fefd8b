import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const persistenceSeconds: Rule = {
  id: 'LVS151',
  name: 'persistence-seconds',
  severity: 'error',
  why: 'The kernel keeps this time in seconds, and neither ipvsadm nor keepalived takes a part of one',
  harm: 'The kernel keeps the time in seconds. ipvsadm -p takes a whole number from 1 to 2678400 and refuses the rest; keepalived reads no part of a second either. The service would have no persistence, or another one than is written.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { timeout: 90s500ms } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, persistence: { timeout: 91s } }
    `,
  },
  source: 'ipvsadm.c: parse_timeout; keepalived check_parser.c: pto_handler',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, persistence } of loaded.desired.services) {
    if (persistence === null || Number.isInteger(persistence.timeoutSeconds)) continue;
    yield {
      path: ['services', name, 'persistence', 'timeout'],
      message: `The persistence of ${name} is not in whole seconds`,
      hint: `write ${Math.ceil(persistence.timeoutSeconds)}s`,
    };
  }
}
