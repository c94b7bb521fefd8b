import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import { ownLimitsOf } from '../lvsctl-limits.ts';
import type { Report, Rule } from '../rule.ts';
import { checksIn, lvsctlServices, singlesOf } from '../written-checks.ts';

export const lvsctlCheck: Rule = {
  id: 'LVS156',
  name: 'lvsctl-check',
  severity: 'error',
  why: 'lvsctl cannot ask such a question, or it can never be answered as it should: every real server would count as failed, or none be judged',
  harm: 'lvsctl leaves BFD to keepalived, speaks HTTP/2 over TLS only, and reads a regular expression as JavaScript does. A check beyond that is never asked, so nobody notices when a real server fails; or it is asked and fails on all real servers at once, however well they are.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { http: { protocol: "2" } } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 443, pool: web, check: { https: { protocol: "2" } } }
    `,
  },
  source: 'lvsctl; RFC 9113 3.3 and 8.2.2, RFC 9110 9.3.2',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of lvsctlServices(loaded))
    for (const place of checksIn(loaded, service))
      for (const { path, single } of singlesOf(place))
        for (const { keys, side, says, hint } of ownLimitsOf(single))
          yield { path: [...path, ...keys], side, message: `lvsctl, which owns ${service.name}, ${says}`, hint };
}
