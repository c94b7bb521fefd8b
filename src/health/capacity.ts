import type { Availability } from '../model/availability.ts';

/** A real server as far as it counts for capacity. */
export interface Capacity {
  readonly key: string;
  /** As the spec has it, or somebody's hands; what a check makes of it does not count here. */
  readonly weight: number;
  /** When it failed, in epoch milliseconds; null: it serves. */
  readonly failedSince: number | null;
  /** Whether it has a weight in the kernel now. */
  readonly isLive: boolean;
}

/**
 * The failed real servers that stay in rotation, by their keys, until the share of the weight that `min_capacity` names
 * is there: those that failed last. Without a word of it the last one stays, unless a sorry server stands by.
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

/**
 * Those that the kernel has come first: whoever just started saw each of them fail for the first time, in no order that
 * says anything, and the table knows which failed last.
 */
function byLastFailure(servers: readonly Capacity[]): Capacity[] {
  const failed = servers.filter(({ failedSince, weight }) => failedSince !== null && weight > 0);
  return failed.sort(
    (a, b) =>
      Number(b.isLive) - Number(a.isLive) || (b.failedSince ?? 0) - (a.failedSince ?? 0) || (a.key < b.key ? -1 : 1),
  );
}
