import { suggestion } from '../../spec/did-you-mean.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenServices } from '../written.ts';

export const undefinedPool: Rule = {
  id: 'LVS109',
  name: 'undefined-pool',
  severity: 'error',
  why: 'The service would have no real server',
  source: 'keepalived silently drops a virtual server that names an undefined group',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const pools = Object.keys(loaded.spec.pools ?? {});
  const sectionLost = loaded.spec.pools === undefined && loaded.incomplete([]);
  for (const { path, service } of writtenServices(loaded)) {
    const { pool } = service;
    if (pool === undefined || pools.includes(pool) || sectionLost || loaded.damaged(['pools', pool])) continue;
    const message = `There is no pool ${pool}${suggestion(pool, pools)}`;
    yield { path: [...path, 'pool'], message, ...(pools.length === 0 ? { hint: 'add it under pools' } : {}) };
  }
}
