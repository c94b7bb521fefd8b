import { standingAt } from '../model/override.ts';
import { endByHand } from './end-by-hand.ts';
import { followByHand } from './follow-by-hand.ts';
import type { Hands, HandWorld } from './hands.ts';
import type { LockedTable } from './locked-table.ts';
import { setByHand } from './set-by-hand.ts';

export type HandDesk = Omit<HandWorld, 'kernel' | 'desired' | 'verdicts'> & {
  /** The spec that counts now, and what checks say. */
  desired(): HandWorld['desired'];
  verdicts(): HandWorld['verdicts'];
  lock(): Promise<LockedTable>;
};

/** Hands of this process: each decision under the lock of its own. */
export function localHands(desk: HandDesk): Hands {
  const locked = async <T>(work: (world: HandWorld) => Promise<T>): Promise<T> => {
    const { kernel, release } = await desk.lock();
    try {
      return await work({ ...desk, desired: desk.desired(), verdicts: desk.verdicts(), kernel });
    } finally {
      await release();
    }
  };
  return {
    set: (order) => locked((world) => setByHand(order, world)),
    end: (order) => locked((world) => endByHand(order, world)),
    follow: (id) => locked((world) => followByHand(id, world)),
    list: async () => standingAt(desk.now(), (await desk.readOverrides()).list),
  };
}
