import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { everySingle } from '../every-check.ts';
import type { Report, Rule } from '../rule.ts';

export const digestCheck: Rule = {
  id: 'LVS249',
  name: 'digest-check',
  severity: 'info',
  why: 'The digest is that of every byte: when a date or a release on the page changes, all real servers fail at once',
  harm: 'The digest is a sum over the whole page. When one byte changes, because of a date, a session or a new release, the page no longer has it, on all real servers alike. keepalived takes them out one after the other, and a service that works has no real server left.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { http: { digest: 0123456789abcdef0123456789abcdef } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { http: { status: 200 } } }
    `,
  },
  source: 'keepalived.conf(5) HTTP_GET digest',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, single } of everySingle(loaded))
    for (const kind of ['http', 'https'] as const) {
      if (single[kind]?.digest === undefined) continue;
      yield {
        path: [...path, kind, 'digest'],
        side: 'key',
        message: 'The check fails on all real servers when their page changes by one byte',
        hint: 'prefer status, or body with a regular expression',
      };
    }
}
