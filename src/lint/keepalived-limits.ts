import type { Path } from '../spec/place.ts';
import type { SingleCheckSpec } from '../spec/schema/checks.ts';
import { regexFault } from './keepalived-regex.ts';

/** Something of a check that keepalived cannot do. */
export interface Limit {
  /** From the check on. */
  readonly keys: Path;
  readonly side: 'key' | 'value';
  /** What keepalived does or does not do, as the end of a sentence that begins with it. */
  readonly says: string;
  readonly hint: string;
}

/** The way out that is always there. */
export const OTHER_WAY = 'use owner: lvsctl, a script check or another kind';

/** What of one question keepalived cannot ask, or cannot compare. */
export function limitsOf(single: SingleCheckSpec, { isBefore233 }: { readonly isBefore233: boolean }): Limit[] {
  const { http, https, dns, udp } = single;
  return [
    ...FOREIGN_KINDS.filter((kind) => single[kind] !== undefined).map((kind) =>
      limit([kind], { side: 'key', says: `has no ${kind} check` }),
    ),
    ...(http === undefined ? [] : httpLimits(http, 'http')),
    ...(https === undefined ? [] : [...httpLimits(https, 'https'), ...tlsLimits(https)]),
    ...(dns === undefined ? [] : dnsLimits(dns)),
    ...(udp !== undefined && isBefore233 ? udpLimits(udp) : []),
  ];
}

const FOREIGN_KINDS = ['ldap', 'mysql', 'redis', 'grpc'] as const;

type Http = NonNullable<SingleCheckSpec['http']>;
type Https = NonNullable<SingleCheckSpec['https']>;
type Dns = NonNullable<SingleCheckSpec['dns']>;
type Udp = NonNullable<SingleCheckSpec['udp']>;

function httpLimits({ method, headers, protocol, digest, body }: Http, kind: 'http' | 'https'): Limit[] {
  const fault = body === undefined ? undefined : regexFault(body);
  return [
    ...when(method !== undefined && method !== 'GET', [kind, 'method'], { says: `asks with GET, not ${method}` }),
    ...when(Object.keys(headers ?? {}).length > 0, [kind, 'headers'], {
      side: 'key',
      says: 'sends no header but Host',
    }),
    ...when(protocol === '2', [kind, 'protocol'], { says: 'speaks HTTP 1.0 and 1.1, not 2', hint: 'use "1.1"' }),
    ...when(digest?.length === 64, [kind, 'digest'], {
      says: 'compares MD5, 32 digits, not SHA-256',
      hint: 'give the MD5 of the body',
    }),
    ...when(fault !== undefined, [kind, 'body'], {
      says: `cannot match this: ${fault}`,
      hint: 'a plain part of the body is enough',
    }),
  ];
}

function tlsLimits({ sni, host, ca, verify }: Https): Limit[] {
  return [
    ...when(sni !== undefined && sni !== host, ['https', 'sni'], {
      says: 'sends the host as the server name, and no other',
      hint: `write host: ${sni}, or remove this`,
    }),
    ...when(ca !== undefined, ['https', 'ca'], { side: 'key', says: 'verifies no certificate' }),
    ...when(verify === true, ['https', 'verify'], { side: 'key', says: 'verifies no certificate' }),
  ];
}

function dnsLimits({ transport, rcode, answer }: Dns): Limit[] {
  return [
    ...when(transport === 'tcp', ['dns', 'transport'], { says: 'asks over UDP, not TCP' }),
    ...when(rcode !== undefined && rcode !== 'NOERROR', ['dns', 'rcode'], { says: `takes NOERROR, not ${rcode}` }),
    ...when(answer !== undefined, ['dns', 'answer'], { side: 'key', says: 'does not look at the answer' }),
  ];
}

/** parser.c: read_hex_str takes its own sign of failure, 0xff, for one. */
function udpLimits(udp: Udp): Limit[] {
  return (['payload', 'reply'] as const).flatMap((key) =>
    when(udp[key]?.endsWith('ff') === true, ['udp', key], {
      says: 'refuses bytes that end in ff before version 2.3.3',
      hint: 'with a newer one, say so: keepalived.version',
    }),
  );
}

type Wording = Omit<Limit, 'keys' | 'side' | 'hint'> & Partial<Limit>;

function when(isSo: boolean, keys: Path, wording: Wording): Limit[] {
  return isSo ? [limit(keys, wording)] : [];
}

function limit(keys: Path, wording: Wording): Limit {
  return { side: 'value', hint: OTHER_WAY, ...wording, keys };
}
