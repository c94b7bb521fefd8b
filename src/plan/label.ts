import type { Change, ServerChange } from '../diff/change.ts';
import { serverKey, serviceKey } from '../model/table.ts';

type NameOf = (key: string) => string | undefined;

/** What people call the service of a change: the spec's name, else the name it had, else its key. */
export function serviceLabel(change: Exclude<Change, ServerChange>, nameOf: NameOf): string {
  if (change.kind === 'timeouts') return 'timeouts';
  if (change.kind === 'daemon')
    return `sync daemon ${(change.action === 'delete' ? change.before : change.after).role}`;
  const service = change.action === 'delete' ? change.before : change.after;
  const key = serviceKey(service.address);
  return ('name' in service ? (service.name as string | undefined) : undefined) ?? nameOf(key) ?? key;
}

/** `web-https/web-3`; a server that nobody names any more goes by its address. */
export function serverLabel(change: ServerChange, nameOf: NameOf): string {
  const key = serviceKey(change.service.address);
  const service = change.service.name ?? nameOf(key) ?? key;
  const server = change.action === 'delete' ? undefined : change.after.name;
  return `${service}/${server ?? serverKey(change.action === 'create' ? change.after : change.before)}`;
}
