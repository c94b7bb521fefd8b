import { type Check, destinationOf, type NamedCheck } from '../model/check.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import { type Bound, detectionOf, recoveryOf } from './bounds.ts';

/** Real servers of a service that are checked alike, and how soon that tells. */
export interface CheckAccount {
  readonly service: DesiredService;
  /** One at least. */
  readonly servers: readonly DesiredServer[];
  /** Null: none, so that a failure is never found. */
  readonly judged: { readonly check: Check; readonly detection: Bound; readonly recovery: Bound } | null;
}

/** How real servers of a service are checked, once for all whose checks are alike. */
export function checkAccounts(service: DesiredService, servers: readonly DesiredServer[]): CheckAccount[] {
  const alike = Map.groupBy(servers, ({ check }) => JSON.stringify(check));
  return [...alike.values()].map((group) => {
    const check = group[0]?.check ?? null;
    return { service, servers: group, judged: check === null ? null : judgedBy(check, service) };
  });
}

function judgedBy(check: Check, { owner }: DesiredService): CheckAccount['judged'] {
  return { check, detection: detectionOf(check, owner), recovery: recoveryOf(check, owner) };
}

/** Where a question goes; null where a check of that kind sends nothing to an address, or to no port of it. */
export interface Asked {
  readonly address: string | null;
  readonly port: number | null;
}

export function askedAt(check: NamedCheck, server: DesiredServer): Asked {
  const { kind } = check.probe;
  if (kind === 'script' || kind === 'file' || kind === 'bfd') return { address: null, port: null };
  const { address, port } = destinationOf(check, server);
  return { address: address.text, port: kind === 'ping' ? null : port };
}
