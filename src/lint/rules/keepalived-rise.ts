import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { differentChecksIn, keepalivedServices } from '../written-checks.ts';

export const keepalivedRise: Rule = {
  id: 'LVS141',
  name: 'keepalived-rise',
  severity: 'info',
  why: 'keepalived takes a real server in again after its first success, so that one that flaps comes and goes',
  harm: 'keepalived counts failures (retry) but not successes. A real server that answers every other time comes back after its first success and fails again, and its clients are sent there in between.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          owner: keepalived
          check: { tcp: {}, rise: 3 }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          owner: lvsctl
          check: { tcp: {}, rise: 3 }
    `,
  },
  source: 'keepalived check_tcp.c: tcp_epilog; only failures are counted (retry)',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of keepalivedServices(loaded))
    for (const { path, check: written } of differentChecksIn(loaded, service)) {
      const { rise } = written;
      if (rise === undefined || rise === 1) continue;
      yield {
        path: [...path, 'rise'],
        message: `keepalived, which owns ${service.name}, takes one success, not ${rise}`,
        hint: 'use owner: lvsctl where it matters',
      };
    }
}
