import type { ServerAddress, ServiceAddress } from '../model/table.ts';
import { readEndpoint, readFwmark } from './endpoint.ts';

/** One row of an `ipvsadm -Ln` listing, with the identity of the service it stands under. */
export interface ListingRow {
  readonly kind: 'service' | 'server';
  /** Undefined when the service's line cannot be read: then so are the rows under it. */
  readonly service: ServiceAddress | undefined;
  readonly server: ServerAddress | undefined;
  /** The words after the address. */
  readonly values: readonly string[];
}

/**
 * Reads any `ipvsadm -Ln` listing whose columns are these. Undefined when the title is not there, as after a crash, or
 * when a line is neither a service nor a real server.
 */
export function parseListing(text: string, columns: readonly string[]): ListingRow[] | undefined {
  const [version, titles, arrow, ...lines] = text.split('\n');
  if (version?.startsWith('IP Virtual Server version ') !== true) return undefined;
  if (titles?.trim().split(/\s+/).slice(2).join(' ') !== columns.join(' ')) return undefined;
  if (arrow?.startsWith('  -> RemoteAddress:Port') !== true) return undefined;
  const rows: ListingRow[] = [];
  let service: ServiceAddress | undefined;
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const row = line.startsWith('  -> ') ? readServerLine(line, service) : readServiceLine(line);
    if (row === undefined) return undefined;
    service = row.service;
    rows.push(row);
  }
  return rows;
}

/** A server's row has no key of its service; an unread service must therefore end the one above it. */
function readServerLine(line: string, service: ServiceAddress | undefined): ListingRow | undefined {
  const [address = '', ...values] = line.slice(5).trim().split(/\s+/);
  const endpoint = readEndpoint(address);
  if (endpoint === undefined) return undefined;
  const server = { family: endpoint.family, address: endpoint.text, port: endpoint.port };
  return { kind: 'server', service, server, values };
}

function readServiceLine(line: string): ListingRow | undefined {
  const [protocol = '', key, ...rest] = line.trim().split(/\s+/);
  if (/^\s/.test(line) || key === undefined) return undefined;
  if (protocol === 'FWM') return readFwmarkLine(key, rest);
  return { kind: 'service', service: readVip(protocol, key), server: undefined, values: rest };
}

function readFwmarkLine(key: string, rest: readonly string[]): ListingRow {
  const mark = readFwmark(key);
  const isIpv6 = rest[0] === 'IPv6';
  const service = mark === undefined ? undefined : fwmarkAddress(mark, isIpv6);
  return { kind: 'service', service, server: undefined, values: isIpv6 ? rest.slice(1) : rest };
}

function fwmarkAddress(mark: number, isIpv6: boolean): ServiceAddress {
  return { kind: 'fwmark', family: isIpv6 ? 'ipv6' : 'ipv4', mark };
}

const PROTOCOLS = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const;

function readVip(protocol: string, key: string): ServiceAddress | undefined {
  const endpoint = readEndpoint(key);
  if (endpoint === undefined || !isProtocol(protocol)) return undefined;
  return {
    kind: 'address',
    family: endpoint.family,
    protocol: PROTOCOLS[protocol],
    vip: endpoint.text,
    port: endpoint.port,
  };
}

function isProtocol(word: string): word is keyof typeof PROTOCOLS {
  return Object.hasOwn(PROTOCOLS, word);
}
