import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { saveTable } from '../ipvsadm/restore-input.ts';
import type { Planned } from './planning.ts';
import type { Session } from './session.ts';

/** Stores everything that a plan is about to change, and returns the name it has from then on. */
export async function takeSnapshot(
  { live, state, plan, conf }: Pick<Planned, 'live' | 'state' | 'plan' | 'conf'>,
  {
    session,
    side,
    ...about
  }: {
    session: Session;
    side: ConfKeeper | null;
    takenAt: number;
    reason: string;
    pruned: readonly string[];
  },
): Promise<string> {
  const changesDaemons = plan.changes.some(({ change }) => change.kind === 'daemon');
  return session.snapshots.save({
    ...about,
    table: saveTable(live.services),
    state,
    timeouts: live.timeouts,
    syncDaemons: changesDaemons ? live.syncDaemons : null,
    conf: conf === undefined || side === null ? null : await side.saved(),
    overrides: await session.readOverrides(),
    spec: await session.appliedSpec.read(state.specDigest),
  });
}
