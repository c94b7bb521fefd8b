import type { Desired } from '../model/desired.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { State } from '../model/state.ts';
import { withoutKeepalived } from './owned.ts';

/** What is remembered of specs: which one holds, which one was tried, which one was taken back. */

/** Before the first step. To mend what differs from the spec that holds is no new attempt. */
export function attemptState(state: State, { digest }: Pick<SpecSource, 'digest'>): State {
  return digest === state.specDigest ? state : { ...state, attemptedSpec: digest };
}

/** Only a spec that was applied whole moves the mark that older ones are measured by, and hands services over. */
export function appliedState(state: State, { desired, source }: { desired: Desired; source: SpecSource }): State {
  const { digest, revision } = source;
  return {
    ...state,
    owned: withoutKeepalived(state.owned, desired),
    generation: desired.generation ?? state.generation,
    specTime: revision?.time ?? state.specTime,
    specDigest: digest,
    rejectedSpec: digest === state.rejectedSpec ? null : state.rejectedSpec,
  };
}

/** What a rollback is about. */
export interface Retreat {
  /** The spec that is rejected from then on. */
  readonly rejected: string | null;
  /** The spec that comes back is the one that holds: only the table differed from it, and is to differ again. */
  readonly isDrift: boolean;
}

/** Nothing new is rejected where only the table differed, nor where it goes forward again to the spec that was tried last. */
export function retreatOf(
  state: State,
  { tried, restored }: { tried: string | null; restored: string | null },
): Retreat {
  const last = tried ?? state.attemptedSpec ?? state.specDigest;
  if (last !== restored) return { rejected: last, isDrift: false };
  const isDrift = state.specDigest === restored;
  return { rejected: isDrift ? state.rejectedSpec : null, isDrift };
}

/** After a rollback the marks are those of then. `disowned`: keys of services that were nobody's then. */
export function rolledBackState(
  state: State,
  {
    former,
    desired,
    rejected,
    disowned,
  }: { former: State; desired: Desired; rejected: string | null; disowned: readonly string[] },
): State {
  const { generation, specTime, specDigest } = former;
  const owned = withoutKeepalived(state.owned, desired).filter(({ key }) => !disowned.includes(key));
  return { ...state, owned, generation, specTime, specDigest, rejectedSpec: rejected };
}
