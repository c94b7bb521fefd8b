import type { OverrideStore } from '../host/override-store.ts';
import type { Overrides } from '../model/override.ts';
import { NewerDocument } from '../model/stored-document.ts';
import type { Log } from './log-event.ts';

/**
 * Reads what operators decided; where the disk lost it, what was known before holds, and that is said once. What a newer
 * lvsctl wrote meanwhile is not lost, and nothing goes on without it.
 */
export function keepOverrides(store: Pick<OverrideStore, 'read'>, log: Log): () => Promise<Overrides> {
  let known: Overrides | null = null;
  let isSaid = false;
  return async () => {
    const { overrides, damage } = await store.read().catch((error: unknown) => {
      if (known === null || isNewer(error)) throw error;
      return { overrides: known, damage: error instanceof Error ? error.message : String(error) };
    });
    if (damage !== null && !isSaid)
      log.error({ event: 'overrides-damaged', err: damage }, 'what was decided by hand holds as it was known before');
    isSaid = damage !== null;
    known = overrides;
    return overrides;
  };
}

function isNewer(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof NewerDocument;
}
