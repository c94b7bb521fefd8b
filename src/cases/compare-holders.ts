import { simulateSequence } from '../lint/failover/simulate.ts';
import type { VrrpInstance } from '../model/vrrp.ts';
import { type CaseInput, type Comparison, listOf } from './case.ts';
import { courseOf } from './course.ts';

/** Who has each VIP, or the VIPs of each instance, that somebody asks for. */
export function compareHolders(input: CaseInput): Comparison {
  const holders = holdersByInstance(input);
  const { instances } = input.loaded.desired.keepalived;
  const rows = Object.entries(input.given.expect.holders ?? {}).map(([name, wanted]) => {
    const instance = instances.find((one) => one.name === name || vipsOf(one).includes(name));
    return {
      expected: holding(name, listOf(wanted)),
      seen: holding(name, holders.get(instance?.name ?? '') ?? []),
    };
  });
  return { expected: rows.map(({ expected }) => expected), seen: rows.map(({ seen }) => seen) };
}

/** All VIPs that one director has. */
export function compareHolds(input: CaseInput): Comparison {
  const holders = holdersByInstance(input);
  const mine = input.loaded.desired.keepalived.instances.filter(({ name }) =>
    holders.get(name)?.includes(input.given.director ?? ''),
  );
  return { expected: [...(input.given.expect.holds ?? [])].sort(), seen: [...new Set(mine.flatMap(vipsOf))].sort() };
}

function holdersByInstance(input: CaseInput): ReadonlyMap<string, readonly string[]> {
  const holdings = simulateSequence(input.loaded.desired, courseOf(input).steps).at(-1) ?? [];
  return new Map(holdings.map(({ instance, holders }) => [instance, holders]));
}

export function vipsOf({ vips, excludedVips }: VrrpInstance): readonly string[] {
  return [...vips, ...excludedVips].map(({ address }) => address.text);
}

function holding(name: string, directors: readonly string[]): string {
  return `${name}: ${directors.length === 0 ? 'nobody' : [...directors].sort().join(', ')}`;
}
