import type { DesiredService } from '../../model/desired.ts';
import { serviceKey, type VirtualService } from '../../model/table.ts';
import type { GuardInput } from '../guard.ts';
import type { Hazard } from '../plan.ts';

/** A service that takes connections and hands them to nobody; only when this plan makes it so. */
export function emptyService({ live, desired, mine, permissions }: GuardInput): Hazard[] {
  const before = byKey(live.services);
  const inSpec = byKey(desired.services);
  return mine
    .filter((service) => {
      const key = serviceKey(service.address);
      const known = before.get(key);
      // A new one that only hands made empty was let pass when they did.
      return capacity(service) === 0 && (known === undefined ? isEmpty(inSpec.get(key)) : !isEmpty(known));
    })
    .map((service) => hazard(service, permissions.empty));
}

function byKey<S extends VirtualService>(services: readonly S[]): ReadonlyMap<string, S> {
  return new Map(services.map((service) => [serviceKey(service.address), service]));
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

function isEmpty(service: VirtualService | undefined): boolean {
  return service !== undefined && capacity(service) === 0;
}

function capacity(service: VirtualService): number {
  return service.servers.reduce((sum, server) => sum + server.weight, 0);
}
