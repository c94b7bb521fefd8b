import type { Address } from '../model/address.ts';

/** Why an address is not that of one host; undefined for one that is. */
export function whyNoHost({ family, text }: Address): string | undefined {
  return NO_HOST[family].find(({ pattern }) => pattern.test(text))?.what;
}

const NO_HOST: Readonly<Record<Address['family'], readonly { readonly pattern: RegExp; readonly what: string }[]>> = {
  ipv4: [
    { pattern: /^0\./, what: 'no address of a host' },
    { pattern: /^127\./, what: 'a loopback address' },
    { pattern: /^(22[4-9]|23\d)\./, what: 'a multicast address' },
    { pattern: /^(24\d|25[0-5])\./, what: 'a reserved or broadcast address' },
  ],
  ipv6: [
    { pattern: /^::$/, what: 'no address of a host' },
    { pattern: /^::1$/, what: 'the loopback address' },
    { pattern: /^ff/, what: 'a multicast address' },
  ],
};

export function isMulticast({ family, text }: Address): boolean {
  return family === 'ipv4' ? /^(22[4-9]|23\d)\./.test(text) : text.startsWith('ff');
}

export function isLinkLocalMulticast({ family, text }: Address): boolean {
  return family === 'ipv4' ? text.startsWith('224.0.0.') : /^ff[0-9a-f]2:/.test(text);
}

/** fe80::/10, canonical. */
export function isLinkLocal({ text }: Address): boolean {
  return /^fe[89ab][0-9a-f]:/.test(text);
}

export const FAMILY_NAMES: Readonly<Record<Address['family'], string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };
