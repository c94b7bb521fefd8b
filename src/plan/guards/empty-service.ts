import type { DesiredService } from '../../model/desired.ts';
import { serviceKey, type VirtualService } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** A service that takes connections and hands them to nobody; only when this plan makes it so. */
export function emptyService({ live, mine, permissions }: GuardInput): Hazard[] {
  const before = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  return mine
    .filter((service) => capacity(service) === 0 && !wasEmpty(before.get(serviceKey(service.address))))
    .map((service) => hazard(service, permissions.empty));
}

function hazard(service: DesiredService, allowed: boolean): Hazard {
  const none = service.servers.length === 0;
  return {
    guard: 'empty-service',
    subject: service.name,
    message: none
      ? 'would have no real servers'
      : `would have weight 0 on all of its ${service.servers.length} real servers`,
    override: '--allow-empty',
    origin: service.origin,
    allowed,
  };
}

function wasEmpty(service: VirtualService | undefined): boolean {
  return service !== undefined && capacity(service) === 0;
}

function capacity(service: VirtualService): number {
  return service.servers.reduce((sum, server) => sum + server.weight, 0);
}
