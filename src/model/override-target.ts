import { parseAddress } from './address.ts';
import type { OverrideTarget } from './override.ts';

/** `web/web-1`, `pool:web` or `address:10.0.0.21`; undefined for anything else. */
export function parseTarget(text: string): OverrideTarget | undefined {
  const [, kind, rest = ''] = /^(pool|address):(.+)$/.exec(text) ?? [];
  if (kind === 'pool') return { kind, pool: rest };
  if (kind === 'address') {
    const address = parseAddress(rest);
    return address && { kind, address: address.text };
  }
  const [, service, server] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  return service === undefined || server === undefined ? undefined : { kind: 'server', service, server };
}

/** What `parseTarget` reads; the same text for the same target. */
export function formatTarget(target: OverrideTarget): string {
  switch (target.kind) {
    case 'server':
      return `${target.service}/${target.server}`;
    case 'pool':
      return `pool:${target.pool}`;
    case 'address':
      return `address:${target.address}`;
  }
}
