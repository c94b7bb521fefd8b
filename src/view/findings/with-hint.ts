import type { Finding } from '../../lint/finding.ts';

/** What was seen and what is wanted, with the way out, where a format has one text for all of it. */
export function withHint({ message, hint }: Pick<Finding, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message} (${hint})`;
}
