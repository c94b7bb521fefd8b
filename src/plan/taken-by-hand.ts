import type { Desired, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { serverKey, serviceKey } from '../model/table.ts';

/**
 * The live table by which guards measure a plan: real servers that the spec wants and hands took (`standing` is the spec
 * with the overrides) take no connections any more. Guards had their say when somebody decided it; they would refuse
 * the whole plan after a reboot, or after a kill between the decision and the kernel, if they asked again.
 */
export function withoutTaken(live: LiveTable, desired: Desired, standing: Desired): LiveTable {
  if (standing === desired) return live;
  const left = new Map(standing.services.map((service) => [serviceKey(service.address), takers(service)]));
  const taken = new Map(
    desired.services.map((service) => {
      const key = serviceKey(service.address);
      return [key, takers(service).difference(left.get(key) ?? new Set())];
    }),
  );
  const services = live.services.map((service) => {
    const keys = taken.get(serviceKey(service.address));
    if (keys === undefined || keys.size === 0) return service;
    const servers = service.servers.map((server) => (keys.has(serverKey(server)) ? { ...server, weight: 0 } : server));
    return { ...service, servers };
  });
  return { ...live, services };
}

/** Real servers that take connections. */
function takers({ servers }: DesiredService): ReadonlySet<string> {
  return new Set(servers.filter(({ weight }) => weight > 0).map(serverKey));
}
