import type { DesiredService } from '../model/desired.ts';
import type { VirtualService } from '../model/table.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { CaseInput } from './case.ts';
import { liveServices } from './live-services.ts';

/** A real server by the keys of the kernel. */
export interface KnownServer {
  readonly service: string;
  readonly server: string;
  readonly weight: number;
}

/** Every real server of the case by each name it goes by: `web/web-1`, `web/10.0.0.1:80`. The live one wins. */
export function knownServers(input: CaseInput): ReadonlyMap<string, KnownServer> {
  const names = serviceNames(input);
  const all: readonly (VirtualService | DesiredService)[] = [
    ...input.loaded.desired.services,
    ...(input.before?.services ?? []),
    ...liveServices(input),
  ];
  return new Map(
    all.flatMap((service) => {
      const key = serviceKey(service.address);
      return service.servers.flatMap((server) => {
        const known = { service: key, server: serverKey(server), weight: server.weight };
        const name = 'name' in server ? [server.name as string] : [];
        return [...name, known.server].flatMap((last) =>
          [names.get(key) ?? key, key].map((first) => [`${first}/${last}`, known] as const),
        );
      });
    }),
  );
}

/** What services are called, by key; the spec under test wins. */
export function serviceNames({ loaded, before }: CaseInput): ReadonlyMap<string, string> {
  const services = [...(before?.services ?? []), ...loaded.desired.services];
  return new Map(services.map(({ address, name }) => [serviceKey(address), name]));
}
