import { type Override, type Overrides, standingAt } from '../model/override.ts';
import type { Session } from './session.ts';

/** What is decided by hand after a rollback. No number is ever given out twice. */
export function overridesAfter(then: Overrides | null, current: Overrides): Overrides {
  return then === null ? current : { issued: Math.max(then.issued, current.issued), list: then.list };
}

export function standingShares({ list }: Overrides, now: number): readonly Override[] {
  return standingAt(now, list).filter(isShare);
}

/** A share of what the table of a snapshot has would be a share of a share. */
export function withoutShares(session: Session): Session {
  const readOverrides = async () => {
    const { issued, list } = await session.readOverrides();
    return { issued, list: list.filter((override) => !isShare(override)) };
  };
  return { ...session, readOverrides };
}

function isShare({ action }: Override): boolean {
  return action.kind === 'share';
}
