import type { Change } from '../diff/change.ts';
import type { Standing } from '../model/standing.ts';
import { serverKey } from '../model/table.ts';

/** What the checks of a real server have to do with a change; null: nothing. */
export function causeOf(change: Change): Standing | null {
  if (change.kind !== 'server') return null;
  const standing =
    change.action === 'delete'
      ? change.service.withdrawn?.find((server) => serverKey(server) === serverKey(change.before))?.standing
      : change.after.standing;
  return standing === undefined || standing.kind === 'in' ? null : standing;
}
