import type { LoadedSpec } from '../../spec/load.ts';
import type { DirectorSpec } from '../../spec/schema/directors.ts';
import { isWithin } from '../address-range.ts';

/** A director of one spec and one of another that may hear each other's multicast. */
export interface Encounter {
  readonly later: string;
  readonly earlier: string;
}

/** None where the networks only look alike: an address is not that of two hosts in one network. */
export function encounters(later: LoadedSpec, earlier: LoadedSpec): readonly Encounter[] {
  const pairs = pairsOf(later, earlier);
  const isElsewhere = pairs.some((pair) => pair.a.address.text === pair.b.address.text && !isOneHost(pair));
  if (isElsewhere) return [];
  return pairs.filter(({ a, b }) => onOneSegment(a, b)).map((pair) => ({ later: pair.later, earlier: pair.earlier }));
}

/** A host that both specs are for, as its director in the later one. */
export function sharedDirector(later: LoadedSpec, earlier: LoadedSpec): string | undefined {
  return pairsOf(later, earlier).find(isOneHost)?.later;
}

interface Pair extends Encounter {
  readonly a: DirectorSpec;
  readonly b: DirectorSpec;
  readonly isOneCluster: boolean;
}

function pairsOf(later: LoadedSpec, earlier: LoadedSpec): readonly Pair[] {
  const isOneCluster = later.spec.cluster === earlier.spec.cluster;
  return Object.entries(later.spec.directors ?? {}).flatMap(([name, a]) =>
    Object.entries(earlier.spec.directors ?? {}).map(([other, b]) => ({
      later: name,
      earlier: other,
      a,
      b,
      isOneCluster,
    })),
  );
}

/** Sites that are built alike use the same addresses, but have clusters or segments of their own. */
function isOneHost({ later, earlier, a, b, isOneCluster }: Pair): boolean {
  return a.address.text === b.address.text && later === earlier && isOneCluster && a.segment === b.segment;
}

/** By name where both have one; else their addresses decide, by the usual size of a network. */
function onOneSegment(a: DirectorSpec, b: DirectorSpec): boolean {
  if (a.segment !== undefined && b.segment !== undefined) return a.segment === b.segment;
  const prefixLength = a.address.family === 'ipv4' ? 24 : 64;
  return isWithin(b.address.text, { address: a.address, prefixLength });
}
