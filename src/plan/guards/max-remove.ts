import type { DesiredService } from '../../model/desired.ts';
import { type RealServer, serverKey, serviceKey } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';
import { percent } from '../../model/percent.ts';

/**
 * Too much of one service goes at once. What counts is the greater of two shares of what is live now: of its servers
 * that take connections, and of their weight, so that neither many light servers nor one heavy one hides the rest. Lost
 * is what leaves or gets weight 0, whatever is added beside it, since nobody knows yet whether that works. One server
 * may always go, so that small pools can be worked on.
 */
export function maxRemove({ live, mine, desired, permissions }: GuardInput): Hazard[] {
  const before = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  const limit = permissions.maxRemove ?? desired.guards.maxRemove;
  return mine.flatMap((service) => {
    const servers = before.get(serviceKey(service.address))?.servers.filter((server) => server.weight > 0) ?? [];
    const lost = servers.filter((server) => !staysInRotation(server, service));
    const loss = lossOf(lost, servers);
    if (lost.length <= 1 || loss.share <= Math.min(limit, desired.guards.maxRemove)) return [];
    return [hazard(service, loss, limit)];
  });
}

interface Loss {
  /** `2 of 3 real servers (75 % of its weight)` */
  readonly text: string;
  readonly share: number;
}

function lossOf(lost: readonly RealServer[], servers: readonly RealServer[]): Loss {
  const ofServers = lost.length / servers.length;
  const ofWeight = weightOf(lost) / weightOf(servers);
  const count = ofServers > ofWeight ? `${percent(ofServers)} of them, ` : '';
  const text = `${lost.length} of ${servers.length} real servers (${count}${percent(ofWeight)} of its weight)`;
  return { text, share: Math.max(ofServers, ofWeight) };
}

function hazard(service: DesiredService, { text, share }: Loss, limit: number): Hazard {
  return {
    guard: 'max-remove',
    subject: service.name,
    message: `would lose ${text}, limit ${percent(limit)}`,
    override: `--max-remove ${Math.ceil(share * 100)}%`,
    origin: service.origin,
    allowed: share <= limit,
  };
}

function staysInRotation(server: RealServer, service: DesiredService): boolean {
  const key = serverKey(server);
  return service.servers.some((wanted) => wanted.weight > 0 && serverKey(wanted) === key);
}

function weightOf(servers: readonly RealServer[]): number {
  return servers.reduce((sum, server) => sum + server.weight, 0);
}
