import type { RealServer, VirtualService } from '../src/model/table.ts';

/** A table by its nouns alone, so that a desired, a live and a made-up one can be compared. */
export function bareTable(services: readonly VirtualService[]): VirtualService[] {
  return services.map((service) => ({
    address: service.address,
    scheduler: service.scheduler,
    schedulerFlags: service.schedulerFlags,
    persistence: service.persistence,
    persistenceEngine: service.persistenceEngine,
    onePacket: service.onePacket,
    servers: service.servers.map(bareServer),
  }));
}

function bareServer(server: RealServer): RealServer {
  const { family, address, port, forwarding, weight, upperThreshold, lowerThreshold } = server;
  return { family, address, port, forwarding, weight, upperThreshold, lowerThreshold };
}
