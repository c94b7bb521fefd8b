import type { VrrpInstance } from '../model/vrrp.ts';
import { type Failure, keyOf } from './failover/failure.ts';
import { type Holding, simulateWorld } from './failover/simulate.ts';
import { type Survey, surveyOf, workOf } from './failover/survey.ts';
import { type World, worldsOf } from './failover/world.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** Instances that depend on each other. */
export interface Surveyed {
  readonly world: World;
  /** What becomes of them when something fails; null where that is too much to work out. */
  readonly survey: Survey | null;
  /** How each director stands in an instance after these failures. */
  holding(instance: string, failures: readonly Failure[]): Holding | undefined;
}

/**
 * Looks that all surveys of a spec may take together: some tenths of a second. 1,000 instances on two directors take
 * 20,000; what comes near is no cluster, such as 350 directors of one instance, or 350 things that it follows.
 */
export const MAX_WORK = 500_000;

/** Every world of a spec. */
export const surveyedWorlds = oncePerSpec(({ desired }): readonly Surveyed[] => {
  let left = MAX_WORK;
  return worldsOf(desired).map((world) => {
    const work = workOf(world);
    const isTooMuch = work > left;
    if (!isTooMuch) left -= work;
    return { world, survey: isTooMuch ? null : surveyOf(world), holding: holdingIn(world) };
  });
});

/** The instances of a sync group mostly ask about the same failure. */
function holdingIn(world: World): Surveyed['holding'] {
  const known = new Map<string, ReadonlyMap<string, Holding>>();
  return (instance, failures) => {
    const key = failures.map(keyOf).join('\n');
    const holdings =
      known.get(key) ?? new Map(simulateWorld(world, [[], failures])[1]?.map((one) => [one.instance, one]));
    known.set(key, holdings);
    return holdings.get(instance);
  };
}

/** The world that an instance is in. */
export const surveyedByInstance = oncePerSpec(
  (loaded): ReadonlyMap<VrrpInstance, Surveyed> =>
    new Map(
      surveyedWorlds(loaded).flatMap((surveyed) =>
        surveyed.world.instances.map((instance) => [instance, surveyed] as const),
      ),
    ),
);
