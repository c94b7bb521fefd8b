import type { Check } from '../../src/model/check.ts';
import type { CheckTarget } from '../../src/health/target.ts';
import type { Answer } from '../../src/model/verdict.ts';

/** A check of a tcp port every 2 s, with whatever is said otherwise. */
export function checkWith(more: Partial<Check> = {}): Check {
  return {
    mode: 'all',
    checks: [{ name: null, probe: { kind: 'tcp' }, address: null, port: null, source: null }],
    ...{ intervalSeconds: 2, fastIntervalSeconds: 1, timeoutSeconds: 1, rise: 2, fall: 3, warmupSeconds: 2 },
    onFailure: 'remove',
    flapDamping: null,
    ...more,
  };
}

/** Real server number so many of one service, checked so. */
export function targetOf(index: number, check: Check): CheckTarget {
  const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
  return {
    server: {
      service: { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.10', port: 80 },
      server: { family: 'ipv4', address, port: 80 },
      serviceName: 'web',
      serverName: `web-${index}`,
      weight: 1,
    },
    check,
    seen: null,
  };
}

export const WELL: Answer = { ok: true, detail: 'connected', weight: null };
export const REFUSED: Answer = { ok: false, detail: 'connection refused' };
