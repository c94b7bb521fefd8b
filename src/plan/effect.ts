import { differingServerFields, differingServiceFields, sameSyncDaemon } from '../diff/same.ts';
import type { LiveTable } from '../model/live.ts';
import {
  type RealServer,
  type ServerAddress,
  serverKey,
  type ServiceAddress,
  serviceKey,
  type VirtualService,
} from '../model/table.ts';
import type { Operation } from './plan.ts';

/** Whether the table, read again, shows what an operation was to do. No exit code of any tool proves it. */
export function tookEffect(operation: Operation, table: LiveTableIndex): boolean {
  switch (operation.op) {
    case 'add-service':
    case 'edit-service': {
      const service = table.service(operation.service);
      return service !== undefined && differingServiceFields(service, operation.attributes).length === 0;
    }
    case 'delete-service':
      return table.service(operation.service) === undefined;
    case 'add-server':
    case 'edit-server': {
      const server = table.server(operation.service, operation.server);
      return server !== undefined && differingServerFields(server, operation.server).length === 0;
    }
    case 'delete-server':
      return table.server(operation.service, operation.server) === undefined;
    case 'set-timeouts':
      return Object.entries(operation.timeouts).every(
        ([name, value]) => table.live.timeouts?.[name as 'tcp'] === value,
      );
    case 'start-daemon':
      return table.daemons(operation.daemon.role).some((daemon) => sameSyncDaemon(daemon, operation.daemon));
    case 'stop-daemon':
      // New parameters are a stop and a start under the same id: only the next plan can tell.
      return true;
  }
}

/** A live table that answers by key. */
export interface LiveTableIndex {
  readonly live: LiveTable;
  service(address: ServiceAddress): VirtualService | undefined;
  server(service: ServiceAddress, server: ServerAddress): RealServer | undefined;
  daemons(role: 'master' | 'backup'): NonNullable<LiveTable['syncDaemons']>;
}

export function indexLive(live: LiveTable): LiveTableIndex {
  const services = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  const servers = new Map(
    live.services.map(({ address, servers }) => [
      serviceKey(address),
      new Map(servers.map((server) => [serverKey(server), server])),
    ]),
  );
  return {
    live,
    service: (address) => services.get(serviceKey(address)),
    server: (service, server) => servers.get(serviceKey(service))?.get(serverKey(server)),
    daemons: (role) => (live.syncDaemons ?? []).filter((daemon) => daemon.role === role),
  };
}
