import type { LoadedSpec } from '../../spec/load.ts';
import { absence } from '../known-names.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const undefinedPool: Rule = {
  id: 'LVS109',
  name: 'undefined-pool',
  severity: 'error',
  why: 'The service would have no real server',
  harm: 'keepalived drops a virtual server whose group does not exist: keepalived -t (2.2.7) prints nothing and exits 0, and the service is simply not there. Here the spec is refused instead.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: wbe }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
  },
  source: 'keepalived ipwrapper.c: a virtual server that names an undefined group is dropped; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, service } of writtenServices(loaded)) {
    const { pool } = service;
    const absent = pool === undefined ? undefined : absence(loaded, { noun: 'pool', name: pool, section: ['pools'] });
    if (absent !== undefined) yield { path: [...path, 'pool'], ...absent };
  }
}
