import type { State } from '../model/state.ts';
import { withoutKeepalived } from '../plan/owned.ts';
import type { Plan } from '../plan/plan.ts';
import { appliedState } from '../plan/spec-marks.ts';
import type { Target } from './target.ts';

/** What the guards measure the next spec by, once this one is in the kernel; null where that is no news. */
export function rememberedState(
  state: State,
  { plan, target, now }: { plan: Plan; target: Target; now: number },
): State | null {
  const known = new Set(state.owned.map(({ key }) => key));
  const adopted = plan.adopted.filter(({ key }) => !known.has(key));
  const owned = withoutKeepalived([...state.owned, ...adopted], target.desired);
  const isSame = adopted.length === 0 && owned.length === state.owned.length;
  if (isSame && state.specDigest === target.digest && plan.conf === null) return null;
  return { ...appliedState({ ...state, owned }, { desired: target.desired, source: target }), appliedAt: now };
}
