/** A director whose VIPs stay with its peers, by an operator's word, until it is ended. */
export interface Maintenance {
  /** Epoch milliseconds. */
  readonly since: number;
  /** Who: the login name, with the one behind sudo. */
  readonly author: string;
  /** Why; null: nobody said. */
  readonly reason: string | null;
}

/** `in maintenance since 2026-11-22 14:02:11Z by ops (kernel upgrade)`. */
export function maintenanceText({ since, author, reason }: Maintenance): string {
  const time = new Date(since)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
  return `in maintenance since ${time} by ${author}${reason === null ? '' : ` (${reason})`}`;
}
