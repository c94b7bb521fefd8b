import type { Desired } from '../../model/desired.ts';
import { sortBy } from '../../model/table.ts';
import { conditionOf } from './condition.ts';
import { elect, type Unit, type Voter } from './election.ts';
import { type Failure, type Failures, readFailures } from './failure.ts';
import { type Holding, holdingsOf } from './holding.ts';
import { type Part, type World, worldsOf } from './world.ts';

export type { Failure } from './failure.ts';
export type { Holding, Standing } from './holding.ts';

/** Who holds what when a cluster that works well meets these failures. */
export function simulate(desired: Desired, failures: readonly Failure[]): readonly Holding[] {
  return simulateSequence(desired, [[], failures]).at(-1) ?? [];
}

/**
 * Who holds what after each of some steps. A step says everything that is broken then, so that `[[], [failure], []]` is
 * good times, a failure, and its repair; with preempt: false the last is not as the first.
 */
export function simulateSequence(
  desired: Desired,
  steps: readonly (readonly Failure[])[],
): readonly (readonly Holding[])[] {
  const runs = worldsOf(desired).map((world) => simulateWorld(world, steps));
  return steps.map((_step, index) => {
    const holdings = runs.flatMap((run) => run[index] ?? []);
    return sortBy(holdings, ({ instance }) => instance);
  });
}

/** The same for instances that depend on nothing else. */
export function simulateWorld(world: World, steps: readonly (readonly Failure[])[]): readonly (readonly Holding[])[] {
  let masters: ReadonlySet<Part> = new Set();
  return steps.map((step) => {
    const failures = readFailures(step);
    const units = unitsOf(world.parts.map((part) => voterOf(part, failures)));
    masters = elect(units, masters);
    return holdingsOf(world, { units, masters, failures });
  });
}

export function unitsOf(voters: readonly Voter[]): readonly Unit[] {
  return [...Map.groupBy(voters, ({ part }) => part.unit).values()];
}

export function voterOf(part: Part, failures: Failures): Voter {
  const { director, interface: device } = part.member;
  const condition = conditionOf(part, failures);
  return {
    part,
    condition,
    isOut: failures.isGone(director) || condition.faults.length > 0,
    isCutOff: device !== null && failures.isInterfaceDown(director, device),
  };
}
