import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const poolAndServers: Rule = {
  id: 'LVS110',
  name: 'pool-and-servers',
  severity: 'error',
  why: 'A reader cannot tell which real servers are meant, or whether both are',
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
