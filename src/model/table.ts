import { addressSortKey, type Family, formatEndpoint } from './address.ts';

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** What makes a virtual service that service and no other (ip_vs: family, protocol, address, port; or family, fwmark). */
export type ServiceAddress =
  | {
      readonly kind: 'address';
      readonly family: Family;
      readonly protocol: Protocol;
      readonly vip: string;
      readonly port: number;
    }
  | { readonly kind: 'fwmark'; readonly family: Family; readonly mark: number };

/** Netmask of persistence: a dotted quad for IPv4, a prefix length for IPv6. */
export type PersistenceMask = string | number;

export interface Persistence {
  readonly timeoutSeconds: number;
  /** `255.255.255.255` or 128: every client address for itself. */
  readonly netmask: PersistenceMask;
}

/** Everything of a virtual service that `ipvsadm -E` replaces; none of it is identity. */
export interface ServiceAttributes {
  readonly scheduler: string;
  /** Sorted, in ipvsadm's words: sh-fallback, sh-port, mh-fallback, mh-port, flag-1, flag-2, flag-3. */
  readonly schedulerFlags: readonly string[];
  readonly persistence: Persistence | null;
  /** `sip`, or null. ipvsadm shows it without persistence too. */
  readonly persistenceEngine: string | null;
  readonly onePacket: boolean;
}

export type Checksum = 'nocsum' | 'csum' | 'remcsum';

export type Tunnel =
  | { readonly type: 'ipip' }
  | { readonly type: 'gue'; readonly port: number; readonly checksum: Checksum }
  | { readonly type: 'gre'; readonly checksum: 'nocsum' | 'csum' };

export type Forwarding =
  | { readonly method: 'nat' }
  | { readonly method: 'dr' }
  | { readonly method: 'tun'; readonly tunnel: Tunnel };

/** What makes a real server that one within its service. */
export interface ServerAddress {
  readonly family: Family;
  readonly address: string;
  readonly port: number;
}

/** The most that `ipvsadm -w` takes. */
export const MAX_WEIGHT = 2147483647;

/** Everything of a real server that `ipvsadm -e` replaces. */
export interface ServerAttributes {
  readonly forwarding: Forwarding;
  /** 0..2147483647; 0 is quiescent: no new connections, established ones go on. */
  readonly weight: number;
  /** Connections at which the server gets no more; 0: no limit. */
  readonly upperThreshold: number;
  /** Connections below which it gets some again; 0: three quarters of the upper one. */
  readonly lowerThreshold: number;
}

export interface RealServer extends ServerAddress, ServerAttributes {}

export interface VirtualService extends ServiceAttributes {
  readonly address: ServiceAddress;
  readonly servers: readonly RealServer[];
}

/** Idle time-outs of the kernel's connection entries, in seconds (`ipvsadm --set`), one set for the network namespace. */
export interface Timeouts {
  readonly tcp: number;
  readonly tcpFin: number;
  readonly udp: number;
}

/** The kernel's connection sync daemon (`ipvsadm --start-daemon`). */
export interface SyncDaemon {
  readonly role: 'master' | 'backup';
  readonly interface: string;
  readonly syncId: number;
  /** Bytes of a sync message; 0: what the kernel derives from the interface's MTU. */
  readonly maxLength: number;
  readonly group: string;
  readonly port: number;
  readonly ttl: number;
}

/** Identity as text, and the name people read: `tcp 203.0.113.10:443`, `fwmark 7`, `fwmark 7 ipv6`. */
export function serviceKey(address: ServiceAddress): string {
  if (address.kind === 'fwmark') return `fwmark ${address.mark}${address.family === 'ipv6' ? ' ipv6' : ''}`;
  return `${address.protocol} ${formatEndpoint(address.vip, address.port)}`;
}

/** Identity of a real server within its service: `10.0.0.21:443`. */
export function serverKey(server: ServerAddress): string {
  return formatEndpoint(server.address, server.port);
}

const PROTOCOL_ORDER = { tcp: '0', udp: '1', sctp: '2' } as const satisfies Record<Protocol, string>;

/** Sorts services by family, address, port and protocol; fwmarks last, by number. */
export function serviceSortKey(address: ServiceAddress): string {
  if (address.kind === 'fwmark') return `9${padNumber(address.mark)}${address.family}`;
  return `${addressSortKey(address.vip)}${padNumber(address.port)}${PROTOCOL_ORDER[address.protocol]}`;
}

export function serverSortKey(server: ServerAddress): string {
  return `${addressSortKey(server.address)}${padNumber(server.port)}`;
}

function padNumber(value: number): string {
  return String(value).padStart(10, '0');
}

/** Services and their servers in the one order everything is printed and written in. */
export function sortServices<S extends VirtualService>(services: readonly S[]): S[] {
  return services
    .map((service) => ({ ...service, servers: sortBy(service.servers, serverSortKey) }))
    .map((service) => ({ service, key: serviceSortKey(service.address) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ service }) => service);
}

export function sortBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

/** By code unit, never by locale: the same order on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
