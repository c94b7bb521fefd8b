import type { Change } from '../diff/change.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { Standing } from '../model/standing.ts';
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
export function approvalFor(change: Change, { drains, cause }: { drains: boolean; cause: Standing | null }): Approval {
  // Whoever asks for checks wants what they are for.
  if (cause !== null && (change.action === 'delete' || onlyWeight(change))) return 'none';
  if (change.action === 'create') return 'additive';
  if (change.action === 'delete') return change.kind === 'server' && drains ? 'safe' : 'all';
  return change.kind === 'server' && onlyRaisesWeight(change) ? 'additive' : 'safe';
}

/** A disruptive reload is a hazard besides (guards/disruptive-reload.ts), and so wants `all`. */
export function approvalForConf({ action }: ConfChange): Approval {
  return action === 'comments' ? 'additive' : 'safe';
}

function onlyRaisesWeight(change: Change & { kind: 'server'; action: 'update' }): boolean {
  return onlyWeight(change) && change.after.weight > change.before.weight;
}

function onlyWeight(change: Change): boolean {
  return change.kind === 'server' && change.action === 'update' && change.fields.join() === 'weight';
}
