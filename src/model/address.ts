import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export type Family = 'ipv4' | 'ipv6';

/** One IP address in canonical text: two spellings of the same address are the same string. */
export interface Address {
  readonly family: Family;
  readonly text: string;
}

/** Reads one IP address; undefined for anything that is not exactly one, a zone id or a prefix length included. */
export function parseAddress(text: string): Address | undefined {
  // ipaddr.js alone reads 010.0.0.1 as 8.0.0.1 and 10.1 as 10.0.0.1; net.isIP refuses both.
  const version = isIP(text);
  if (version === 0 || text.includes('%')) return undefined;
  // What isIP takes for IPv4 has one spelling: four numbers without leading zeros.
  if (version === 4) return { family: 'ipv4', text };
  return { family: 'ipv6', text: ipaddr.parse(withoutDots(text)).toString() };
}

/** ipaddr.js 2.5 reads ::1.2.3.4, which glibc and so ipvsadm print for ::102:304, as ::ffff:1.2.3.4: another address. */
function withoutDots(ipv6: string): string {
  return ipv6.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
}

/** `address:port`, with brackets where IPv6 needs them. */
export function formatEndpoint(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** A text that sorts as the address does: IPv4 before IPv6, then by value. */
export function addressSortKey(canonical: string): string {
  if (canonical.includes(':'))
    return `6${ipaddr
      .parse(canonical)
      .toByteArray()
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')}`;
  // An address that is canonical needs no parser, and a spec has thousands.
  const value = canonical.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return `4${value.toString(16).padStart(8, '0')}`;
}
