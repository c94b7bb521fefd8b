import type { Override, OverrideAction } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';
import { columns } from './columns.ts';
import { oneLine } from './one-line.ts';
import { timeText } from './wording.ts';

/** `By hand (o1): web/web-2 drained by alice …`, in a plan and under a status. */
export function byHandText(override: Override): string {
  return `By hand (${override.id}): ${overrideText(override)}`;
}

/** `web/web-2 drained by alice since 2026-01-02 03:04:05Z, until somebody ends it: CHG-1182`. */
export function overrideText(override: Override): string {
  const { target, action, author, createdAt, expiresAt, reason } = override;
  const until = expiresAt === null ? 'until somebody ends it' : `until ${timeText(expiresAt)}`;
  const why = reason === null ? '' : `: ${oneLine(reason)}`;
  return `${formatTarget(target)} ${actionText(action)} by ${oneLine(author)} since ${timeText(createdAt)}, ${until}${why}`;
}

/** One row each; the oldest first. */
export function overridesText(overrides: readonly Override[]): string {
  if (overrides.length === 0) return 'No overrides.\n';
  const rows = overrides.map(({ id, target, action, author, createdAt, expiresAt, reason }) => [
    id,
    formatTarget(target),
    actionText(action),
    oneLine(author),
    timeText(createdAt),
    expiresAt === null ? '-' : timeText(expiresAt),
    reason === null ? '-' : oneLine(reason),
  ]);
  return columns([['ID', 'TARGET', 'ACTION', 'BY', 'SINCE', 'UNTIL', 'REASON'], ...rows], { right: [] });
}

/** What was done to a real server: `drained`, `weight 5`. */
export function actionText(action: OverrideAction): string {
  switch (action.kind) {
    case 'drain':
      return 'drained';
    case 'disable':
      return 'disabled';
    case 'weight':
      return `weight ${action.weight}`;
    case 'share':
      return `weight ${action.percent} %`;
  }
}
