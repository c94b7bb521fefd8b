import type { SingleCheckSpec } from '../spec/schema/checks.ts';
import type { Limit } from './keepalived-limits.ts';

type Http = NonNullable<SingleCheckSpec['http']>;

/** What of one question lvsctl's own checks cannot ask, or cannot compare. */
export function ownLimitsOf({ http, https, bfd }: SingleCheckSpec): Limit[] {
  return [
    ...(bfd === undefined
      ? []
      : [limit(['bfd'], 'leaves BFD to keepalived', 'use owner: keepalived, or another kind')]),
    ...(http === undefined ? [] : [...httpLimits(http, 'http'), ...plainLimits(http)]),
    ...(https === undefined ? [] : [...httpLimits(https, 'https'), ...http2Limits(https)]),
  ];
}

function httpLimits({ method, headers = {}, body, digest }: Http, kind: 'http' | 'https'): Limit[] {
  const fault = body === undefined ? undefined : regexFault(body);
  const compared = Object.entries({ body, digest }).filter(([, value]) => value !== undefined);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const unsent = Object.keys(headers).filter((name) => /[\u0000-\u001f\u007f]/.test(headers[name] ?? ''));
  return [
    ...(fault === undefined
      ? []
      : [limit([kind, 'body'], `cannot match this: ${fault}`, 'a part of the body is enough')]),
    ...(method === 'HEAD' ? compared : []).map(([key]) =>
      limit([kind, key], 'gets no body for HEAD', 'use method: GET'),
    ),
    ...unsent.map((name) => limit([kind, 'headers', name], 'sends no control characters', 'remove them')),
  ];
}

function regexFault(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    // `Invalid regular expression: /(ok/: Unterminated group`
    return String(error).split(': ').at(-1)?.toLowerCase();
  }
}

function plainLimits({ protocol }: Http): Limit[] {
  return protocol === '2' ? [limit(['http', 'protocol'], 'speaks HTTP/2 over TLS only', 'use https, or "1.1"')] : [];
}

/** What belongs to a connection has no place in a request of HTTP/2 (RFC 9113 8.2.2). */
const OF_CONNECTION = ['connection', 'proxy-connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te'];

function http2Limits({ protocol, headers = {} }: Http): Limit[] {
  if (protocol !== '2') return [];
  const refused = Object.keys(headers).filter((name) => OF_CONNECTION.includes(name.toLowerCase()));
  return refused.map((name) => limit(['https', 'headers', name], 'cannot send this by HTTP/2', 'remove it'));
}

function limit(keys: Limit['keys'], says: string, hint: string): Limit {
  return { keys, side: 'key', says, hint };
}
