import { maintenanceText } from '../model/maintenance.ts';
import type { State } from '../model/state.ts';
import type { Notice } from './plan.ts';

/** Why keepalived.conf of this director is not what its spec alone would make it. */
export function maintenanceNotices({ maintenance }: State): Notice[] {
  if (maintenance === null) return [];
  const message = `${maintenanceText(maintenance)}: its VIPs stay with its peers until \`lvsctl maintain --end\``;
  return [{ kind: 'maintenance', subject: 'this director', message }];
}
