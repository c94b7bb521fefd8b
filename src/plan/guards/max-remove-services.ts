import type { Change } from '../../diff/change.ts';
import type { State } from '../../model/state.ts';
import { serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';
import { percent } from '../../model/percent.ts';
import { isUnderWay } from './under-way.ts';

/**
 * Too many services go at once. The denominator is the managed services that are live now; one may always go. What
 * `--prune` names is removed by name already, and what drains already was let pass before.
 */
export function maxRemoveServices({ live, changes, state, desired, permissions }: GuardInput): Hazard[] {
  const removed = changes.filter(({ change }) => isRemoval(change, { state, pruned: permissions.prune })).length;
  const ours = new Set(state.owned.map((service) => service.key));
  const managed = live.services.filter((service) => ours.has(serviceKey(service.address))).length;
  const share = removed / Math.max(1, managed);
  const limit = permissions.maxRemoveServices ?? desired.guards.maxRemoveServices;
  if (removed <= 1 || share <= Math.min(limit, desired.guards.maxRemoveServices)) return [];
  return [
    {
      guard: 'max-remove-services',
      subject: 'the spec',
      message: `would remove ${removed} of ${managed} managed services (${percent(share)}), limit ${percent(limit)}`,
      override: `--max-remove-services ${Math.ceil(share * 100)}%`,
      origin: null,
      allowed: share <= limit,
    },
  ];
}

function isRemoval(change: Change, { state, pruned }: { state: State; pruned: readonly string[] }): boolean {
  if (change.kind !== 'service' || change.action !== 'delete') return false;
  return !pruned.includes(serviceKey(change.before.address)) && !isUnderWay(change.before, state);
}
