import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** An empty, truncated or half-written spec must never mean "delete everything". */
export function emptySpec({ desired, state, permissions }: GuardInput): Hazard[] {
  if (desired.services.length > 0 || state.owned.length === 0) return [];
  return [
    {
      guard: 'empty-spec',
      subject: 'the spec',
      message: `has no services, and lvsctl manages ${state.owned.length} in the kernel`,
      override: '--allow-empty',
      origin: null,
      allowed: permissions.empty,
    },
  ];
}
