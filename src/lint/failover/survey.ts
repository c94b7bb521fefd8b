import type { VrrpInstance } from '../../model/vrrp.ts';
import { elect, type Voter } from './election.ts';
import { type Failure, type Failures, readFailures } from './failure.ts';
import { isUnreachable } from './holding.ts';
import { unitsOf, voterOf } from './simulate.ts';
import { type SingleFailure, singleFailures } from './single-failures.ts';
import type { Part, World } from './world.ts';

/** Who holds the VIPs of each instance. */
export type Holders = ReadonlyMap<VrrpInstance, readonly string[]>;

/** What becomes of a world while all is well, and when one thing fails. */
export interface Survey {
  readonly usual: Holders;
  readonly after: readonly { readonly failure: SingleFailure; readonly holders: Holders }[];
}

/** How many times the survey of a world looks at something that a director follows or speaks on. */
export function workOf(world: World): number {
  const followed = world.parts.reduce((sum, part) => sum + 1 + part.followed.length, 0);
  return singleFailures(world).length * followed;
}

export function surveyOf(world: World): Survey {
  const well = stateOf(world.parts, { failures: [] });
  const after = singleFailures(world).map((failure) => {
    const { holders } = stateOf(world.parts, { failures: [failure], before: well });
    return { failure, holders };
  });
  return { usual: well.holders, after };
}

/** Who holds the VIPs when this fails, wherever it is. */
export function holdersAfter(world: World, failure: Failure): Holders {
  return stateOf(world.parts, { failures: [failure], before: stateOf(world.parts, { failures: [] }) }).holders;
}

interface State {
  readonly voters: readonly Voter[];
  readonly masters: ReadonlySet<Part>;
  readonly holders: Holders;
}

function stateOf(
  parts: readonly Part[],
  { failures: all, before }: { failures: readonly Failure[]; before?: State },
): State {
  const failures = readFailures(all);
  const isTouched = (director: string) => all.some((one) => one.director === null || one.director === director);
  const voters = parts.map((part, index) => {
    const same = isTouched(part.member.director) ? undefined : before?.voters[index];
    return same ?? voterOf(part, failures);
  });
  const masters = elect(unitsOf(voters), before?.masters ?? new Set());
  return { voters, masters, holders: holdersOf(parts, { masters, failures }) };
}

function holdersOf(
  parts: readonly Part[],
  { masters, failures }: { masters: ReadonlySet<Part>; failures: Failures },
): Holders {
  const holders = new Map<VrrpInstance, string[]>();
  for (const part of parts) {
    const here = holders.get(part.instance) ?? [];
    holders.set(part.instance, here);
    if (masters.has(part) && !isUnreachable(part, failures)) here.push(part.member.director);
  }
  return holders;
}
