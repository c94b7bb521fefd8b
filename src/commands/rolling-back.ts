import type { Restoration } from '../daemon/restoration.ts';
import type { NamedSnapshot } from '../host/snapshots.ts';
import type { Overrides } from '../model/override.ts';
import type { Armed, Why } from '../model/trial.ts';
import { rolledBackState } from '../plan/spec-marks.ts';
import type { Purpose } from './purpose.ts';
import type { Session } from './session.ts';

/** What comes back, and which spec is not to come back by itself. */
export interface GoingBack {
  readonly snapshot: NamedSnapshot;
  readonly restoration: Restoration;
  /** Digest of a spec. */
  readonly rejected: string | null;
  /** The spec stays the same. */
  readonly isDrift: boolean;
  /** What was decided by hand, from then on. */
  readonly overrides: Overrides;
}

/** By hand: from its first step on, an apply on trial is in the hands of whoever rolls back. */
export function rollingBack(
  goingBack: GoingBack,
  { session, armed }: { session: Session; armed: Armed | null },
): Purpose {
  const { id } = goingBack.snapshot;
  const { begin, end } = restoring(goingBack, session);
  return {
    verb: 'rollback',
    reason: `rollback to ${id}`,
    isUrgent: false,
    begin: async (state, taken) => {
      await session.trial.write(armed === null ? { kind: 'none' } : { ...armed, snapshot: id });
      return begin(state, taken);
    },
    keepOn: async () => undefined,
    end,
    conclude: () => session.trial.write({ kind: 'none' }),
  };
}

/** By itself, since nobody confirmed. What fails stays armed, for the next try. */
export function takingBack(
  goingBack: GoingBack,
  { session, armed, why, now }: { session: Session; armed: Armed; why: Why; now: () => number },
): Purpose {
  const { id, snapshot, author } = armed;
  return {
    verb: 'unconfirmed',
    reason: `rollback to ${snapshot}, not confirmed`,
    isUrgent: true,
    ...restoring(goingBack, session),
    keepOn: async () => undefined,
    conclude: async (result) => {
      // When its drains are over, it was taken back before.
      if (result === 'failed' || (await session.readTrial()).kind !== 'armed') return;
      await session.trial.write({ kind: 'taken-back', id, snapshot, author, at: now(), why });
    },
  };
}

function restoring(
  { snapshot, restoration, rejected, isDrift, overrides }: GoingBack,
  session: Session,
): Pick<Purpose, 'begin' | 'end'> {
  const { desired, source, disowned } = restoration;
  return {
    begin: async (state) => {
      await session.overrides.write(overrides);
      return { ...state, rejectedSpec: rejected };
    },
    end: async (state) => {
      if (!isDrift) await session.appliedSpec.write(source);
      return rolledBackState(state, { former: snapshot.state, desired, rejected, disowned });
    },
  };
}
