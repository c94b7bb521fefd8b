import { formatEndpoint } from '../../model/address.ts';
import type { HttpProbe } from '../../model/check.ts';
import type { Target } from './asked.ts';

export interface HttpRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  /** What the Host header says. */
  readonly authority: string;
  readonly path: string;
  /** All but Host, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The request that a check describes. Its User-Agent is `lvsctl`, for those who read logs, unless `headers` has another. */
export function requestOf(probe: HttpProbe & { readonly kind: HttpRequest['scheme'] }, target: Target): HttpRequest {
  const written = Object.entries(probe.headers).map(([name, value]) => [name.toLowerCase(), asBytes(value)]);
  const { host, ...headers } = { host: authorityOf(probe.kind, target), ...Object.fromEntries(written) };
  return {
    method: probe.method,
    scheme: probe.kind,
    authority: probe.host ?? host,
    path: probe.path.replace(/[^\x21-\x7e]/gu, encodeURIComponent),
    headers: { 'user-agent': 'lvsctl', ...headers },
  };
}

/** Node sends a header as latin1, so each byte of its UTF-8 has to be a character. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const satisfies Record<HttpRequest['scheme'], number>;

function authorityOf(scheme: HttpRequest['scheme'], { address, port }: Target): string {
  if (port !== DEFAULT_PORTS[scheme]) return formatEndpoint(address.text, port);
  return address.family === 'ipv6' ? `[${address.text}]` : address.text;
}
