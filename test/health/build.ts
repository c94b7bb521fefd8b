import { type Availability, PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import type { Check } from '../../src/model/check.ts';
import type { Serving, Standing } from '../../src/model/standing.ts';
import { checkKey, type Verdict } from '../../src/model/verdict.ts';
import { serve } from '../../src/health/serve.ts';
import { desired, live, server, service, type Sketch, tcp } from '../plan/build.ts';

/** One service with a few real servers, in short words, so that a table of them reads as its claims. */

export const VIP = tcp('192.0.2.1');
export const NOW = 1_000_000;

export const CHECK: Check = {
  mode: 'all',
  checks: [{ name: null, probe: { kind: 'tcp' }, address: null, port: null, source: null }],
  intervalSeconds: 5,
  fastIntervalSeconds: 5,
  timeoutSeconds: 2,
  rise: 1,
  fall: 3,
  warmupSeconds: 5,
  onFailure: 'remove',
  flapDamping: null,
};

/** What checks say of a server: nothing yet, well since, or failed since; milliseconds before now. */
export type Word = '?' | readonly ['up' | 'down', number];

export interface Pool {
  /** By the last number of the address: weight in the spec. */
  readonly weights: readonly number[];
  readonly words: readonly Word[];
  /** Weight in the kernel; null: not there. Default: as in the spec. */
  readonly live?: readonly (number | null)[];
  /** The sorry server is in the kernel. */
  readonly isSorry?: boolean;
  readonly availability?: Partial<Availability>;
  readonly check?: Partial<Check>;
}

/** `1:5 2:0 failed`, with those that are not to be there in brackets: `(3 failed)`. */
export function servingText(pool: Pool, rest: Readonly<Record<string, number>> = {}): string {
  const [one] = serveOnePool(pool, rest).services;
  if (one === undefined) return '';
  const line = (real: { address: string; weight: number; standing: Standing }, isThere: boolean) => {
    const number = real.address.slice(real.address.lastIndexOf('.') + 1);
    const kind = real.standing.kind === 'in' ? '' : ` ${real.standing.kind}`;
    return isThere ? `${number}:${real.weight}${kind}` : `(${number}${kind})`;
  };
  return [...one.servers.map((real) => line(real, true)), ...one.withdrawn.map((real) => line(real, false))].join(', ');
}

export function serveOnePool(pool: Pool, { all }: Readonly<Record<string, number>> = {}): Serving {
  const spec = desired([sketch(pool)]);
  const verdicts = new Map(
    pool.words.map((word, index) => [checkKey(VIP, server(`10.0.0.${index + 1}`)), verdictOf(word)] as const),
  );
  const there = (pool.live ?? pool.weights).flatMap((weight, index) =>
    weight === null ? [] : [server(`10.0.0.${index + 1}`, weight)],
  );
  if (pool.isSorry) there.push(SORRY);
  const whole = all === undefined ? spec : desired([{ ...sketch(pool), servers: [server('10.0.0.1', all)] }]);
  return serve(spec, { verdicts, live: live([service(VIP, there)]), spec: whole, now: NOW });
}

export function verdictOf(word: Word): Verdict {
  if (word === '?') return { kind: 'unknown' };
  const [kind, ago] = word;
  const since = NOW - ago;
  return kind === 'up' ? { kind, since, detail: 'answered', weight: null } : { kind, since, detail: 'refused' };
}

function sketch({ weights, availability, check }: Pool): Sketch {
  const servers = weights.map((weight, index) => ({
    ...server(`10.0.0.${index + 1}`, weight),
    check: { ...CHECK, ...check },
  }));
  return { ...service(VIP, servers), servers, availability: { ...PLAIN_AVAILABILITY, ...availability } };
}

/** A server for those who cannot be served: `10.0.0.99`. */
export const SORRY = {
  ...server('10.0.0.99'),
  name: 'sorry_server',
  origin: { file: 'spec.lvs.yaml', line: 1, column: 1 },
  fieldOrigins: {},
  check: null,
  extra: [],
};
