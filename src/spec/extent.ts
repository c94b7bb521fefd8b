import type { Path } from './place.ts';
import type { Spec } from './schema.ts';

/** Something that a spec has too much of. */
export interface Excess {
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
}

/** Priorities rank 254 directors; rules compare those of an instance with each other. */
const MOST_DIRECTORS = 256;
/** A small text makes many: a pool counts for each service that uses it. Each real server takes about 3 kB. */
const MOST_SERVERS = 100_000;
/** Of directors in instances: 5,000 instances on two directors, which take 2 s to work out. */
const MOST_PARTS = 10_000;

/** What a spec has too much of to be worked out, whatever the size of its files. */
export function findExcess(spec: Spec): Excess | undefined {
  const directors = Object.keys(spec.directors ?? {}).length;
  if (directors > MOST_DIRECTORS)
    return {
      path: ['directors'],
      message: `The spec has ${shown(directors)} directors; at most ${MOST_DIRECTORS} are one cluster`,
      hint: 'make a spec for each cluster',
    };
  const servers = countServers(spec);
  if (servers > MOST_SERVERS)
    return {
      path: ['services'],
      message: `The services have ${shown(servers)} real servers, those of a pool counted for each service that uses it; at most ${shown(MOST_SERVERS)} are read`,
      hint: 'divide the services among several specs',
    };
  const parts = countParts(spec, directors);
  if (parts > MOST_PARTS)
    return {
      path: ['vrrp'],
      message: `The directors have ${shown(parts)} parts in VRRP instances; at most ${shown(MOST_PARTS)} are read`,
      hint: 'name fewer directors under priority, or divide the instances among several specs',
    };
  return undefined;
}

function countServers({ services, pools }: Spec): number {
  const sizes = new Map(Object.entries(pools ?? {}).map(([name, pool]) => [name, Object.keys(pool).length]));
  return Object.values(services ?? {}).reduce(
    (sum, { servers, pool }) =>
      sum + (servers === undefined ? (sizes.get(pool ?? '') ?? 0) : Object.keys(servers).length),
    0,
  );
}

/** Without priorities, every director takes part. */
function countParts({ vrrp }: Spec, directors: number): number {
  return Object.values(vrrp ?? {}).reduce(
    (sum, { priority }) =>
      sum + (priority === undefined ? directors : Math.min(directors, Object.keys(priority).length)),
    0,
  );
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
