import type { Change } from '../diff/change.ts';
import { changedService } from '../diff/change.ts';
import { compareText, serverSortKey, serviceSortKey } from '../model/table.ts';
import type { Manner, Phase, Step } from './plan.ts';

/**
 * The law of order. A plan runs in six phases, each one batch:
 *
 * 1. new services, each followed by its servers;
 * 2. new servers, raised weights, cancelled drains;
 * 3. edits of services, of servers whose weight stays, and what belongs to the whole table;
 * 4. lowered weights, drains;
 * 5. deletions of servers whose drain is over;
 * 6. deletions of services.
 *
 * So capacity arrives before it leaves: a pool that has servers before and after is never empty in between, and since
 * new services come before old ones go, a family never loses its last service on the way. (With no service left the
 * kernel unregisters its hooks, and the local stack answers established connections with RST.)
 */
export function phaseOf(change: Change, { manner, isNew }: { manner: Manner; isNew: boolean }): Phase {
  switch (change.kind) {
    case 'service':
      return { create: 1, update: 3, delete: 6 }[change.action] as Phase;
    case 'server':
      if (change.action === 'create') return isNew ? 1 : 2;
      if (change.action === 'delete') return manner === 'remove' ? 5 : 4;
      return weightPhase(change.before.weight, change.after.weight);
    case 'timeouts':
    case 'daemon':
      return 3;
  }
}

function weightPhase(before: number, after: number): Phase {
  if (after > before) return 2;
  return after === before ? 3 : 4;
}

/** Ties are broken by key, so that the same input gives the same bytes. */
export function orderSteps<S extends { step: Step; change: Change }>(steps: readonly S[]): S[] {
  return steps
    .map((item) => ({ item, key: orderKey(item.step, item.change) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

function orderKey(step: Step, change: Change): string {
  const service = changedService(change);
  const server =
    change.kind === 'server' ? serverSortKey(change.action === 'create' ? change.after : change.before) : '';
  return `${step.phase} ${service === null ? '0' : `1${serviceSortKey(service)}`} ${server}`;
}
