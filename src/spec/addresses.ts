import { type Address, type Family, parseAddress } from '../model/address.ts';
import type { z } from 'zod';
import { leaf, show, type Wrong } from './leaf.ts';

/** One IP address, in canonical text whatever its spelling. Never a host name: validation asks no DNS. */
export function address(options: { readonly family?: Family } = {}): z.ZodType<Address> {
  const formats = options.family === undefined ? ['ipv4', 'ipv6'] : [options.family];
  return leaf((value) => readAddress(value, options.family), {
    type: 'string',
    anyOf: formats.map((format) => ({ format })),
    examples: ['192.0.2.10', '2001:db8::10'],
  });
}

/** An address with the length of its prefix, if one is written. */
export interface PrefixedAddress {
  readonly address: Address;
  readonly prefixLength: number | null;
}

/** `203.0.113.10/24` or `203.0.113.10`. */
export function prefixedAddress(): z.ZodType<PrefixedAddress> {
  return leaf(readPrefixed, { type: 'string', examples: ['203.0.113.10/24', '2001:db8::10/64'] });
}

function readAddress(value: unknown, family: Family | undefined): { readonly value: Address } | Wrong {
  if (typeof value !== 'string') {
    const short = typeof value === 'number' ? { hint: 'write all four parts' } : {};
    return { wrong: `must be an IP address, not ${show(value)}`, rule: 'invalid-address', ...short };
  }
  const parsed = parseAddress(value);
  if (parsed === undefined)
    return { wrong: `must be an IP address, not ${show(value)}`, rule: 'invalid-address', ...whatIsWrong(value) };
  if (family !== undefined && parsed.family !== family)
    return {
      wrong: `must be an ${family === 'ipv4' ? 'IPv4' : 'IPv6'} address, not ${value}`,
      rule: 'invalid-address',
    };
  return { value: parsed };
}

function readPrefixed(value: unknown): { readonly value: PrefixedAddress } | Wrong {
  const [text = '', length, ...rest] = typeof value === 'string' ? value.split('/') : [];
  const reading = typeof value === 'string' ? readAddress(text, undefined) : readAddress(value, undefined);
  if ('wrong' in reading) return reading;
  if (length === undefined) return { value: { address: reading.value, prefixLength: null } };
  const most = reading.value.family === 'ipv4' ? 32 : 128;
  if (rest.length === 0 && /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= most)
    return { value: { address: reading.value, prefixLength: Number(length) } };
  return { wrong: `must have a prefix length from 0 to ${most}, not ${show(value)}`, rule: 'invalid-address' };
}

/** Why a text is not an address, for the mistakes people make. */
function whatIsWrong(text: string): { hint?: string } {
  const hint = MISTAKES.find(({ pattern }) => pattern.test(text))?.hint;
  if (hint === undefined) return {};
  return { hint: typeof hint === 'string' ? hint : hint(text) };
}

// inet_aton(3), and so ipvsadm, reads 010.0.0.1 as 8.0.0.1 and 10.1 as 10.0.0.1; nobody who writes either can know which.
const MISTAKES: readonly { readonly pattern: RegExp; readonly hint: string | ((text: string) => string) }[] = [
  { pattern: /^\s|\s$/, hint: 'remove the blank around it' },
  { pattern: /\/\d+$/, hint: (text) => `write ${text.replace(/\/.*/, '')}, without the prefix length` },
  { pattern: /%/, hint: 'zone ids are not supported; IPVS cannot balance link-local addresses' },
  { pattern: /^\[[^\]]*\]:\d+$/, hint: (text) => `write the port in its own key: ${text.replace(/^\[|\]:.*/g, '')}` },
  { pattern: /^\[.*\]$/, hint: (text) => `write ${text.slice(1, -1)}, without brackets` },
  { pattern: /^[^:]+:\d+$/, hint: (text) => `write the port in its own key: ${text.replace(/:.*/, '')}` },
  { pattern: /^0x/i, hint: 'write it in dotted decimal' },
  {
    pattern: /^(\d+\.){3}\d+$/,
    hint: (text) =>
      /(^|\.)0\d/.test(text) ? 'leading zeros mean octal to some tools; remove them' : 'every part is 0 to 255',
  },
  { pattern: /^\d+(\.\d+){0,2}$/, hint: 'write all four parts' },
  { pattern: /^(\d+\.){4,}\d*$/, hint: 'an IPv4 address has four parts' },
  { pattern: /^[0-9a-f:.]*:[0-9a-f:.]*$/i, hint: 'check the groups: eight at most, one :: at most' },
  { pattern: /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i, hint: 'names are never resolved; write the address' },
];
