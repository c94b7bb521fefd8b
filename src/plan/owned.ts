import type { Desired, DesiredService } from '../model/desired.ts';
import type { OwnedService } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';

/** What is remembered of a service once it is ours. */
export function ownedService({ address, name, servers, pool }: DesiredService): OwnedService {
  const named = servers.map((server) => [serverKey(server), server.name] as const);
  const from = pool === null ? {} : { pool };
  return { key: serviceKey(address), name, servers: Object.fromEntries(named), ...from };
}

/** What is ours once keepalived has the services that the spec gives it. */
export function withoutKeepalived(
  owned: readonly OwnedService[],
  { services }: Pick<Desired, 'services'>,
): OwnedService[] {
  const theirs = new Set(
    services.filter(({ owner }) => owner === 'keepalived').map(({ address }) => serviceKey(address)),
  );
  return owned.filter(({ key }) => !theirs.has(key));
}
