import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const poolAndServers: Rule = {
  id: 'LVS110',
  name: 'pool-and-servers',
  severity: 'error',
  why: 'A reader cannot tell which real servers are meant, or whether both are',
  harm: 'Both say which real servers the service has. Whoever changes one of them later cannot know whether the other one still counts.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          servers: { web-3: 10.0.0.23 }
    `,
    good: yaml`
      pools: { web: { web-1: 10.0.0.21, web-2: 10.0.0.22, web-3: 10.0.0.23 } }
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
    `,
  },
  source: 'lvsctl',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, service } of writtenServices(loaded)) {
    if (service.pool === undefined || service.servers === undefined) continue;
    yield {
      path: [...path, 'servers'],
      side: 'key',
      message: `${name} has a pool and servers`,
      hint: 'keep one of them',
      related: [{ path: [...path, 'pool'], side: 'key', message: 'the pool' }],
    };
  }
}
