import type { Availability } from '../model/availability.ts';

/** A real server as far as it counts for capacity. */
export interface Capacity {
  readonly key: string;
  /** As the spec has it, or somebody's hands; what a check makes of it does not count here. */
  readonly weight: number;
  /** When it failed, in epoch milliseconds; null: it serves. */
  readonly failedSince: number | null;
}

/**
 * The failed real servers that stay in rotation, by their keys: those that failed last, until the share of the weight
 * that `min_capacity` names is there. Without a word of it the last one stays, unless a sorry server stands by.
 */
export function keptInRotation(
  servers: readonly Capacity[],
  { availability, allWeight }: { availability: Availability; allWeight: number },
): ReadonlySet<string> {
  const { minCapacity, sorryServer } = availability;
  if (minCapacity === null && sorryServer !== null) return new Set();
  const enabled = servers.reduce((sum, { weight }) => sum + weight, 0);
  const wanted = minCapacity === null ? 1 : minCapacity.share * (minCapacity.of === 'all' ? allWeight : enabled);
  const kept = new Set<string>();
  let weight = servers.reduce((sum, server) => sum + (server.failedSince === null ? server.weight : 0), 0);
  for (const server of byLastFailure(servers)) {
    // Shares are no whole numbers: what is missing to one by rounding alone is not missing.
    if (weight >= wanted - 1e-9) break;
    kept.add(server.key);
    weight += server.weight;
  }
  return kept;
}

function byLastFailure(servers: readonly Capacity[]): Capacity[] {
  const failed = servers.filter(({ failedSince, weight }) => failedSince !== null && weight > 0);
  return failed.sort((a, b) => (b.failedSince ?? 0) - (a.failedSince ?? 0) || (a.key < b.key ? -1 : 1));
}
