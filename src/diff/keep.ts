import { serviceKey, type VirtualService } from '../model/table.ts';
import type { WantedService } from './change.ts';

/**
 * What is left alone is wanted as it is: a service that is not ours is copied from live into the wanted ones before
 * the diff, so that no later code has to remember not to delete it.
 */
export function keepForeign<S extends WantedService>(
  live: readonly VirtualService[],
  desired: readonly S[],
  ours: ReadonlySet<string>,
): { wanted: readonly WantedService[]; kept: readonly VirtualService[] } {
  const named = new Set(desired.map((service) => serviceKey(service.address)));
  const kept = live.filter((service) => {
    const key = serviceKey(service.address);
    return !named.has(key) && !ours.has(key);
  });
  return { wanted: [...desired, ...kept], kept };
}
