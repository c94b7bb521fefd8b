import { formatDuration } from '../model/duration.ts';
import type { SpecRevision } from '../model/spec-source.ts';
import type { Forwarding, Persistence, RealServer, ServiceAttributes } from '../model/table.ts';
import type { ServerField, ServiceField } from '../diff/change.ts';

/** The values of a service or a server as people read them, one word per thing everywhere. */
export function forwardingText(forwarding: Forwarding): string {
  if (forwarding.method !== 'tun') return forwarding.method;
  const { tunnel } = forwarding;
  if (tunnel.type === 'ipip') return 'tun';
  return tunnel.type === 'gue' ? `tun gue:${tunnel.port} ${tunnel.checksum}` : `tun gre ${tunnel.checksum}`;
}

export function persistenceText(persistence: Persistence | null): string {
  if (persistence === null) return 'none';
  const { timeoutSeconds, netmask } = persistence;
  const everyClient = netmask === '255.255.255.255' || netmask === 128;
  return `${formatDuration(timeoutSeconds)}${everyClient ? '' : ` netmask ${netmask}`}`;
}

const SERVICE_FIELDS = {
  scheduler: ['scheduler', (service) => service.scheduler],
  schedulerFlags: ['scheduler_flags', (service) => service.schedulerFlags.join(',') || 'none'],
  persistence: ['persistence', (service) => persistenceText(service.persistence)],
  persistenceEngine: ['persistence engine', (service) => service.persistenceEngine ?? 'none'],
  onePacket: ['one_packet', (service) => String(service.onePacket)],
} as const satisfies Record<ServiceField, readonly [string, (service: ServiceAttributes) => string]>;

const SERVER_FIELDS = {
  forwarding: ['forwarding', (server) => forwardingText(server.forwarding)],
  weight: ['weight', (server) => String(server.weight)],
  upperThreshold: ['upper_threshold', (server) => String(server.upperThreshold)],
  lowerThreshold: ['lower_threshold', (server) => String(server.lowerThreshold)],
} as const satisfies Record<ServerField, readonly [string, (server: RealServer) => string]>;

/** `scheduler`, `wrr`, `mh`: a field's name and its two values. */
export function serviceFieldTexts(
  field: ServiceField,
  before: ServiceAttributes,
  after: ServiceAttributes,
): [string, string, string] {
  const [name, text] = SERVICE_FIELDS[field];
  return [name, text(before), text(after)];
}

export function serverFieldTexts(field: ServerField, before: RealServer, after: RealServer): [string, string, string] {
  const [name, text] = SERVER_FIELDS[field];
  return [name, text(before), text(after)];
}

/** What is worth saying of a new service, or of one that goes: its scheduler and all that is not the default. */
export function serviceTraits(service: ServiceAttributes): string[] {
  return [
    service.scheduler,
    ...(service.schedulerFlags.length > 0 ? [service.schedulerFlags.join(',')] : []),
    ...(service.persistence ? [`persistence ${persistenceText(service.persistence)}`] : []),
    ...(service.persistenceEngine ? [`engine ${service.persistenceEngine}`] : []),
    ...(service.onePacket ? ['one_packet'] : []),
  ];
}

export function serverTraits(server: RealServer): string[] {
  return [
    forwardingText(server.forwarding),
    `weight ${server.weight}`,
    ...(server.upperThreshold > 0 ? [`upper_threshold ${server.upperThreshold}`] : []),
    ...(server.lowerThreshold > 0 ? [`lower_threshold ${server.lowerThreshold}`] : []),
  ];
}

/** 1843 as `1,843`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Epoch milliseconds as `2026-11-22 14:02:11Z`: UTC, whatever the host's zone is. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}

export function plural(count: number, one: string): string {
  return `${countText(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** What is still open at a server that leaves: `3 active connections`, `0 active connections and 12 closing`. */
export function openText({ active, closing }: { active: number | null; closing: number }): string {
  if (active === null) return 'active connections not known';
  return `${plural(active, 'active connection')}${closing > 0 ? ` and ${countText(closing)} closing` : ''}`;
}

/** `4f1c2ab (clean)`. */
export function revisionText({ commit, dirty }: SpecRevision): string {
  return `${commit.slice(0, 7)} (${dirty ? 'modified' : 'clean'})`;
}
