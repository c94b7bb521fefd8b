import type { Change } from '../diff/change.ts';
import type { Approval } from './plan.ts';

const RANK = { none: 0, additive: 1, safe: 2, all: 3 } as const satisfies Record<Approval, number>;

/** Whether somebody who approved `given` approved `needed` with it. */
export function covers(given: Approval, needed: Approval): boolean {
  return RANK[given] >= RANK[needed];
}

export function highest(approvals: readonly Approval[]): Approval {
  return approvals.reduce<Approval>((top, approval) => (RANK[approval] > RANK[top] ? approval : top), 'none');
}

/**
 * The trust one change needs: `additive` only adds capacity; `safe` keeps established connections (edits in place,
 * lower weights, drained removals); `all` may cut them (services that go, removals without a drain).
 */
export function approvalFor(change: Change, { drains }: { drains: boolean }): Approval {
  if (change.action === 'create') return 'additive';
  if (change.action === 'delete') return change.kind === 'server' && drains ? 'safe' : 'all';
  return change.kind === 'server' && onlyRaisesWeight(change) ? 'additive' : 'safe';
}

function onlyRaisesWeight(change: Change & { kind: 'server'; action: 'update' }): boolean {
  return change.fields.join() === 'weight' && change.after.weight > change.before.weight;
}
