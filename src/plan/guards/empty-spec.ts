import { serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';
import { isUnderWay } from './under-way.ts';

/** An empty, truncated or half-written spec must never mean "delete everything". */
export function emptySpec({ live, desired, state, permissions }: GuardInput): Hazard[] {
  const leaving = new Set(
    live.services.filter((service) => isUnderWay(service, state)).map(({ address }) => serviceKey(address)),
  );
  const staying = state.owned.filter(({ key }) => !leaving.has(key));
  if (desired.services.length > 0 || staying.length === 0) return [];
  return [
    {
      guard: 'empty-spec',
      subject: 'the spec',
      message: `has no services, and lvsctl manages ${staying.length} in the kernel`,
      override: '--allow-empty',
      origin: null,
      allowed: permissions.empty,
    },
  ];
}
