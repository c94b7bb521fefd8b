import type { SingleCheck } from './check.ts';
import { type ServerAddress, type ServiceAddress, serverKey, serviceKey } from './table.ts';

/** A real server within its service: what is checked, and what a verdict is about. */
export interface CheckedServer {
  readonly service: ServiceAddress;
  readonly server: ServerAddress;
  /** Names of the spec, as people and check scripts know them. */
  readonly serviceName: string;
  readonly serverName: string;
  /** Its weight in the spec. */
  readonly weight: number;
}

/** One question to one real server. */
export interface Question extends CheckedServer {
  readonly check: SingleCheck;
  readonly timeoutSeconds: number;
}

/** What a check says of the weight of a server that is well: take this one, or so much more or less than the spec's. */
export type WeightWish =
  | { readonly kind: 'set'; readonly weight: number }
  | { readonly kind: 'add'; readonly by: number };

/** What one question came to, with the words that log and status show. */
export type Answer =
  | { readonly ok: true; readonly detail: string; readonly weight: WeightWish | null }
  | { readonly ok: false; readonly detail: string };

/** What the checks of a real server say of it. `unknown` until their first answers. Times are epoch milliseconds. */
export type Verdict =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'up'; readonly since: number; readonly detail: string; readonly weight: WeightWish | null }
  | { readonly kind: 'down'; readonly since: number; readonly detail: string };

/** By `checkKey`. */
export type Verdicts = ReadonlyMap<string, Verdict>;

/** Identity of a checked server: its service's and its own. */
export function checkKey(service: ServiceAddress, server: ServerAddress): string {
  return `${serviceKey(service)} ${serverKey(server)}`;
}
