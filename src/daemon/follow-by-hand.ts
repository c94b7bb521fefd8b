import { standingAt } from '../model/override.ts';
import type { FollowOutcome } from '../plan/hand-outcome.ts';
import { meantServers } from '../plan/overridden.ts';
import { carryOutHand } from './carry-out-hand.ts';
import type { HandWorld } from './hands.ts';

/** Guards had their say when it was decided. */
const LET_PASS = { maxRemove: 1, empty: true } as const;

/** Does what is left to do for an override, and tells how far it is. */
export async function followByHand(id: string, world: HandWorld): Promise<FollowOutcome> {
  const { list } = await world.readOverrides();
  const standing = standingAt(world.now(), list);
  const override = standing.find((one) => one.id === id);
  if (override === undefined) return null;
  const { target } = override;
  const effect = await carryOutHand(
    {
      ...{ id, target, found: { meant: meantServers(world.desired, target), theirs: [] } },
      ...{ before: standing, after: standing, permissions: LET_PASS, drainSeconds: null },
      record: async () => undefined,
    },
    world,
  );
  if ('kind' in effect) return { servers: [], problems: effect.hazards.map(({ message }) => message) };
  return { servers: effect.servers, problems: effect.problems };
}
