import type { Change, ServerChange } from '../diff/change.ts';
import type { OwnedService } from '../model/state.ts';
import { serverKey, serviceKey } from '../model/table.ts';

/** What services and servers were called when they were applied, since one that leaves is in no spec any more. */
export interface FormerNames {
  service(key: string): string | undefined;
  server(service: string, server: string): string | undefined;
  /** The pool of a service. */
  pool(service: string): string | undefined;
}

/** `older` names stand in where `owned` has none. */
export function formerNames(owned: readonly OwnedService[], older: readonly OwnedService[] = []): FormerNames {
  const [newest, oldest] = [owned, older].map((list) => new Map(list.map((service) => [service.key, service])));
  const find = <T>(key: string, of: (service: OwnedService | undefined) => T | undefined) =>
    of(newest?.get(key)) ?? of(oldest?.get(key));
  return {
    service: (key) => find(key, (service) => service?.name),
    server: (key, server) => find(key, (service) => service?.servers?.[server]),
    pool: (key) => find(key, (service) => service?.pool),
  };
}

/** What people call the service of a change: the spec's name, else the name it had, else its key. */
export function serviceLabel(change: Exclude<Change, ServerChange>, names: FormerNames): string {
  if (change.kind === 'timeouts') return 'timeouts';
  if (change.kind === 'daemon')
    return `sync daemon ${(change.action === 'delete' ? change.before : change.after).role}`;
  const service = change.action === 'delete' ? change.before : change.after;
  const key = serviceKey(service.address);
  return ('name' in service ? (service.name as string | undefined) : undefined) ?? names.service(key) ?? key;
}

/** `web-https/web-3`; a server that nobody names any more goes by its address. */
export function serverLabel(change: ServerChange, names: FormerNames): string {
  const key = serviceKey(change.service.address);
  const service = change.service.name ?? names.service(key) ?? key;
  const address = serverKey(change.action === 'create' ? change.after : change.before);
  const name = change.action === 'delete' ? names.server(key, address) : change.after.name;
  return `${service}/${name ?? address}`;
}
