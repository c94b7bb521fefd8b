import { type Address, parseAddress } from '../model/address.ts';

/** Reads `192.0.2.1:80` or `[2001:db8::1]:80`, always with a port, as ipvsadm prints it; undefined for anything else. */
export function readEndpoint(text: string): (Address & { readonly port: number }) | undefined {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const address = parseAddress(match?.[1] ?? match?.[2] ?? '');
  const port = Number(match?.[3]);
  if (address === undefined || port > 65535) return undefined;
  // `[192.0.2.1]:80` is no address that ipvsadm prints or takes.
  return (match?.[1] !== undefined) === (address.family === 'ipv6') ? { ...address, port } : undefined;
}

/** ipvsadm prints marks with %d, so 2^31 and above come out negative. */
export function readFwmark(text: string): number | undefined {
  if (!/^-?\d{1,10}$/.test(text)) return undefined;
  const printed = Number(text);
  return printed === 0 || printed < -(2 ** 31) || printed >= 2 ** 32 ? undefined : printed >>> 0;
}

/** Decimal digits only, from `min` to `max`; undefined for anything else. */
export function readNumber(text: string, { min = 0, max = 2 ** 31 - 1 } = {}): number | undefined {
  const value = /^\d{1,20}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
