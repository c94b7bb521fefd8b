import type { DesiredService } from '../model/desired.ts';
import type { OwnedService } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';

/** What is remembered of a service once it is ours. */
export function ownedService({ address, name, servers }: DesiredService): OwnedService {
  const named = servers.map((server) => [serverKey(server), server.name] as const);
  return { key: serviceKey(address), name, servers: Object.fromEntries(named) };
}
