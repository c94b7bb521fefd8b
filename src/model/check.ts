import type { Address } from './address.ts';
import type { ServerAddress } from './table.ts';

/** How one question to a real server is asked, and which answer is healthy. */
export type Probe =
  | { readonly kind: 'tcp' }
  | ({ readonly kind: 'http' } & HttpProbe)
  | ({ readonly kind: 'https' } & HttpProbe & TlsProbe)
  | {
      readonly kind: 'dns';
      readonly name: string;
      readonly type: 'A' | 'AAAA' | 'NS' | 'CNAME' | 'SOA' | 'MX' | 'TXT';
      readonly transport: 'udp' | 'tcp';
      readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED';
      readonly answer: string | null;
    }
  | { readonly kind: 'udp'; readonly payload: string | null; readonly reply: string | null }
  | { readonly kind: 'smtp'; readonly helo: string | null }
  | {
      readonly kind: 'ldap';
      readonly bindDn: string | null;
      readonly passwordFile: string | null;
      /** Null: without TLS. */
      readonly tls: TlsProbe | null;
    }
  | { readonly kind: 'mysql' }
  | { readonly kind: 'redis' }
  | { readonly kind: 'grpc'; readonly service: string | null; readonly tls: TlsProbe | null }
  | { readonly kind: 'ping' }
  | { readonly kind: 'script'; readonly command: string; readonly user: string | null; readonly dynamic: boolean }
  | { readonly kind: 'file'; readonly trackFile: string; readonly weight: number; readonly reverse: boolean }
  | { readonly kind: 'bfd'; readonly instance: string };

export interface HttpProbe {
  readonly path: string;
  readonly method: string;
  readonly host: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: readonly StatusRange[];
  /** Regular expression. */
  readonly body: string | null;
  /** Hex: 32 digits are MD5, 64 are SHA-256. */
  readonly digest: string | null;
  readonly protocol: '1.0' | '1.1' | '2';
}

export interface TlsProbe {
  readonly sni: string | null;
  readonly ca: string | null;
  /** Null: nothing was said. */
  readonly verify: boolean | null;
}

/** Both ends included. */
export interface StatusRange {
  readonly first: number;
  readonly last: number;
}

/** One probe with where it is sent. */
export interface SingleCheck {
  readonly probe: Probe;
  /** Null: the address, or the port, of the real server. */
  readonly address: Address | null;
  readonly port: number | null;
  readonly source: Address | null;
}

/** One of the checks of a real server, with its name under `all` or `any`; null: it stands alone. */
export interface NamedCheck extends SingleCheck {
  readonly name: string | null;
}

/** A real server that failed `changes` times within `within` counts as failed until it has been well for `hold`. */
export interface FlapDamping {
  readonly changes: number;
  readonly withinSeconds: number;
  readonly holdSeconds: number;
}

/** How a real server proves that it works. */
export interface Check {
  /** Whether every one of `checks` must succeed, or one is enough; the same for a single one. */
  readonly mode: 'all' | 'any';
  readonly checks: readonly NamedCheck[];
  readonly intervalSeconds: number;
  /** From an answer to the next probe while the verdict is open: while a row of answers contradicts it. */
  readonly fastIntervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly rise: number;
  readonly fall: number;
  /** Longest random wait before the first probe. */
  readonly warmupSeconds: number;
  readonly onFailure: 'remove' | 'quiesce';
  /** Null: none. */
  readonly flapDamping: FlapDamping | null;
}

/** Where a question is sent: a check that names no address or port of its own goes to the real server's. */
export function destinationOf(
  { address, port }: SingleCheck,
  server: ServerAddress,
): { readonly address: Address; readonly port: number } {
  return { address: address ?? { family: server.family, text: server.address }, port: port ?? server.port };
}
