import { EXIT, OperationError } from '../errors.ts';
import { type Override, type Overrides, standingAt } from '../model/override.ts';
import { formatTarget } from '../model/override-target.ts';
import type { HandOrder } from '../plan/hand-order.ts';
import type { SetOutcome } from '../plan/hand-outcome.ts';
import { plural } from '../view/wording.ts';
import { carryOutHand } from './carry-out-hand.ts';
import { type FoundTarget, findTarget } from './find-target.ts';
import type { HandWorld } from './hands.ts';

/** Decides something about real servers: on disk first, then in the kernel. The same again changes nothing. */
export async function setByHand(order: HandOrder, world: HandWorld): Promise<SetOutcome> {
  const found = findTarget(order.target, world.desired);
  checkReason(order, found);
  const stored = await world.readOverrides();
  const before = standingAt(world.now(), stored.list);
  const former = before.find(({ target }) => formatTarget(target) === formatTarget(order.target)) ?? null;
  const isNew = former === null || !isSame(former, order);
  const override = isNew ? newOverride(order, { stored, now: world.now() }) : former;
  const after = isNew ? [...before.filter((one) => one !== former), override] : before;
  const effect = await carryOutHand(
    {
      ...{ id: override.id, target: override.target, found, before, after },
      ...{ permissions: order.permissions, drainSeconds: order.drainSeconds },
      record: async () => {
        if (isNew) await world.writeOverrides({ issued: stored.issued + 1, list: after });
      },
    },
    world,
  );
  if ('kind' in effect) return effect;
  return { kind: 'set', override, replaced: isNew ? former : null, isNew, ...effect };
}

/** Whoever finds a whole pool drained in the morning wants to know why. */
function checkReason({ target, reason }: HandOrder, { meant }: FoundTarget): void {
  if (reason !== null || meant.length === 1) return;
  throw new OperationError(
    `${formatTarget(target)} is ${plural(meant.length, 'real server')}, and that needs a reason`,
    {
      exitCode: EXIT.usage,
      hints: ['Say why: --reason "CHG-1182 kernel update".'],
    },
  );
}

/** What is not said again is as before. */
function isSame(former: Override, { action, reason, ttlSeconds }: HandOrder): boolean {
  const sameAction = JSON.stringify(former.action) === JSON.stringify(action);
  return sameAction && ttlSeconds === null && (reason === null || reason === former.reason);
}

function newOverride(order: HandOrder, { stored, now }: { stored: Overrides; now: number }): Override {
  const { target, action, reason, author, ttlSeconds } = order;
  return {
    id: `o${stored.issued + 1}`,
    ...{ target, action, reason, author },
    createdAt: now,
    expiresAt: ttlSeconds === null ? null : now + ttlSeconds * 1000,
  };
}
