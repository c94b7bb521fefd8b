import type { DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { serviceKey } from '../model/table.ts';
import { changedService } from '../diff/change.ts';
import type { Counts, Plan, PlannedChange } from './plan.ts';

/** How many of each kind a plan changes, and how many services of the spec it leaves as they are. */
export function summarise(
  changes: readonly PlannedChange[],
  live: LiveTable,
  mine: readonly DesiredService[],
): Plan['summary'] {
  const touched = new Set(
    changes.map(({ change }) => changedService(change)).map((address) => address && serviceKey(address)),
  );
  const present = new Set(live.services.map((service) => serviceKey(service.address)));
  const unchanged = mine
    .map((service) => serviceKey(service.address))
    .filter((key) => present.has(key) && !touched.has(key));
  return {
    services: count(changes, 'service'),
    servers: count(changes, 'server'),
    unchangedServices: unchanged.length,
  };
}

function count(changes: readonly PlannedChange[], kind: 'service' | 'server'): Counts {
  const of = (action: string) =>
    changes.filter(({ change }) => change.kind === kind && change.action === action).length;
  return { create: of('create'), update: of('update'), delete: of('delete') };
}
