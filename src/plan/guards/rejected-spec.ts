import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** What somebody rolled back from must not come back by itself, since it still lies on the disk. */
export function rejectedSpec({ state, specDigest, permissions }: GuardInput): Hazard[] {
  if (state.rejectedSpec === null || specDigest !== state.rejectedSpec) return [];
  return [
    {
      guard: 'rejected-spec',
      subject: 'the spec',
      message: `is the one that was rolled back from (${specDigest.slice(0, 12)})`,
      override: '--allow-rejected',
      origin: null,
      allowed: permissions.rejected,
    },
  ];
}
