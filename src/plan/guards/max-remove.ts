import type { DesiredService } from '../../model/desired.ts';
import { type RealServer, serverKey, serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';
import { percent } from './percent.ts';

/**
 * Too much of one service goes at once. The denominator is the weight that is live now; what counts as lost is the
 * weight of the servers that leave or get weight 0, whatever is added beside them, since nobody knows yet whether
 * that works. One server may always go, so that small pools can be worked on.
 */
export function maxRemove({ live, mine, desired, permissions }: GuardInput): Hazard[] {
  const before = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  const limit = permissions.maxRemove ?? desired.guards.maxRemove;
  return mine.flatMap((service) => {
    const servers = before.get(serviceKey(service.address))?.servers.filter((server) => server.weight > 0) ?? [];
    const lost = servers.filter((server) => !staysInRotation(server, service));
    const share = weightOf(lost) / weightOf(servers);
    if (lost.length <= 1 || share <= Math.min(limit, desired.guards.maxRemove)) return [];
    return [hazard(service, { lost: lost.length, of: servers.length, share, limit, isAllowed: share <= limit })];
  });
}

function hazard(
  service: DesiredService,
  seen: { lost: number; of: number; share: number; limit: number; isAllowed: boolean },
): Hazard {
  return {
    guard: 'max-remove',
    subject: service.name,
    message: `would lose ${seen.lost} of ${seen.of} real servers (${percent(seen.share)} of its weight), limit ${percent(seen.limit)}`,
    override: `--max-remove ${Math.ceil(seen.share * 100)}%`,
    origin: service.origin,
    allowed: seen.isAllowed,
  };
}

function staysInRotation(server: RealServer, service: DesiredService): boolean {
  const key = serverKey(server);
  return service.servers.some((wanted) => wanted.weight > 0 && serverKey(wanted) === key);
}

function weightOf(servers: readonly RealServer[]): number {
  return servers.reduce((sum, server) => sum + server.weight, 0);
}
