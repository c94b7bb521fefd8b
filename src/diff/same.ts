import type {
  Forwarding,
  Persistence,
  ServerAttributes,
  ServiceAttributes,
  SyncDaemon,
  Tunnel,
} from '../model/table.ts';
import type { ServerField, ServiceField } from './change.ts';

/** The attributes in which two states of one service differ; none: they look the same. */
export function differingServiceFields(before: ServiceAttributes, after: ServiceAttributes): ServiceField[] {
  const same = {
    scheduler: before.scheduler === after.scheduler,
    schedulerFlags: before.schedulerFlags.join() === after.schedulerFlags.join(),
    persistence: samePersistence(before.persistence, after.persistence),
    persistenceEngine: before.persistenceEngine === after.persistenceEngine,
    onePacket: before.onePacket === after.onePacket,
  } satisfies Record<ServiceField, boolean>;
  return differing(same);
}

export function differingServerFields(before: ServerAttributes, after: ServerAttributes): ServerField[] {
  const same = {
    forwarding: sameForwarding(before.forwarding, after.forwarding),
    weight: before.weight === after.weight,
    upperThreshold: before.upperThreshold === after.upperThreshold,
    lowerThreshold: before.lowerThreshold === after.lowerThreshold,
  } satisfies Record<ServerField, boolean>;
  return differing(same);
}

export function sameSyncDaemon(before: SyncDaemon, after: SyncDaemon): boolean {
  const keys = ['interface', 'syncId', 'group', 'port', 'ttl'] as const;
  return keys.every((key) => before[key] === after[key]) && sameMaxLength(before, after);
}

/** The kernel raises the length of a backup to 1024 at least, so that it takes what any master sends (ip_vs_sync.c). */
function sameMaxLength(before: SyncDaemon, after: SyncDaemon): boolean {
  if (after.maxLength === 0) return true;
  return before.maxLength === (after.role === 'backup' ? Math.max(1024, after.maxLength) : after.maxLength);
}

function samePersistence(before: Persistence | null, after: Persistence | null): boolean {
  if (before === null || after === null) return before === after;
  return before.timeoutSeconds === after.timeoutSeconds && before.netmask === after.netmask;
}

export function sameForwarding(before: Forwarding, after: Forwarding): boolean {
  if (before.method !== 'tun' || after.method !== 'tun') return before.method === after.method;
  return tunnelText(before.tunnel) === tunnelText(after.tunnel);
}

function tunnelText(tunnel: Tunnel): string {
  if (tunnel.type === 'ipip') return 'ipip';
  return tunnel.type === 'gue' ? `gue ${tunnel.port} ${tunnel.checksum}` : `gre ${tunnel.checksum}`;
}

function differing<F extends string>(same: Record<F, boolean>): F[] {
  return (Object.keys(same) as F[]).filter((field) => !same[field]);
}
