import { parseSavedListing } from '../ipvsadm/live-table.ts';
import type { LiveTable, UnreadRow } from '../model/live.ts';
import type { CaseInput } from './case.ts';

/** What the kernel has in this case. */
export function liveServices(input: CaseInput): LiveTable['services'] {
  return listing(input)?.services ?? input.before?.services ?? [];
}

/** Lines of the listing that ipvsadm would not print. */
export function unreadRows(input: CaseInput): readonly UnreadRow[] {
  return listing(input)?.unread ?? [];
}

function listing({ given }: CaseInput): LiveTable | null {
  return typeof given.live === 'string' ? parseSavedListing(given.live) : null;
}
