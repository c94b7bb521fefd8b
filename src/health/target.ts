import type { Check } from '../model/check.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import type { CheckedServer } from '../model/verdict.ts';
import type { Standpoint } from './tally.ts';

/** A real server with the check by which it is judged. */
export interface CheckTarget {
  readonly server: CheckedServer;
  readonly check: Check;
  /** What the kernel's table says of it when its checks begin. */
  readonly seen: Standpoint;
}

/** The real servers that lvsctl itself checks: those of its own services that have a check. */
export function checkTargets(
  services: readonly DesiredService[],
  live: Pick<LiveTable, 'services'> = { services: [] },
): CheckTarget[] {
  const there = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  return services
    .filter(({ owner }) => owner === 'lvsctl')
    .flatMap((service) =>
      service.servers.flatMap((server) => {
        const seen = standpoint(there.get(serviceKey(service.address)), server);
        return server.check === null ? [] : [{ server: checkedServer(service, server), check: server.check, seen }];
      }),
    );
}

/** Of an empty service nothing is known: it may be new, and the host just have started. */
function standpoint(service: VirtualService | undefined, server: DesiredServer): Standpoint {
  const serving = service?.servers.filter(({ weight }) => weight > 0) ?? [];
  if (serving.length === 0) return null;
  return serving.some((one) => serverKey(one) === serverKey(server)) ? 'up' : 'down';
}

function checkedServer(service: DesiredService, server: DesiredServer): CheckedServer {
  const { family, address, port, weight } = server;
  return {
    service: service.address,
    server: { family, address, port },
    serviceName: service.name,
    serverName: server.name,
    weight,
  };
}
