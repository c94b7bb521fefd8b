import { serverKey, serviceKey, sortServices, type VirtualService } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';

/** What the kernel does with one operation, on a table in memory. Refuses what the kernel refuses. */
export function runOperation(table: readonly VirtualService[], operation: Operation): VirtualService[] {
  if (!('service' in operation)) return [...table];
  const key = serviceKey(operation.service);
  const known = table.find((service) => serviceKey(service.address) === key);
  if (operation.op === 'add-service') {
    if (known) throw new Error(`EEXIST ${key}`);
    return sortServices([...table, { address: operation.service, ...operation.attributes, servers: [] }]);
  }
  if (!known) throw new Error(`ESRCH ${key}`);
  const others = table.filter((service) => service !== known);
  if (operation.op === 'delete-service') return others;
  return sortServices([...others, changeService(known, operation)]);
}

function changeService(service: VirtualService, operation: Operation): VirtualService {
  if (operation.op === 'edit-service') return { ...service, ...operation.attributes };
  if (!('server' in operation)) return service;
  const key = serverKey(operation.server);
  const others = service.servers.filter((server) => serverKey(server) !== key);
  const isKnown = others.length < service.servers.length;
  if (operation.op === 'add-server' && isKnown) throw new Error(`EEXIST ${key}`);
  if (operation.op !== 'add-server' && !isKnown) throw new Error(`ENOENT ${key}`);
  if (operation.op === 'delete-server') return { ...service, servers: others };
  return { ...service, servers: [...others, operation.server as VirtualService['servers'][number]] };
}

export function capacity(service: VirtualService | undefined): number {
  return service?.servers.reduce((sum, server) => sum + server.weight, 0) ?? 0;
}
