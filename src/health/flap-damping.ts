import type { FlapDamping } from '../model/check.ts';
import { formatDuration } from '../model/duration.ts';
import type { Known } from './tally.ts';

/** What is remembered of a real server that may be flapping. Times are monotonic milliseconds. */
export interface Damper {
  /** When it failed, the newest last, as many as may count. */
  readonly failures: readonly number[];
  /** Null: it is not well. */
  readonly wellSince: number | null;
  /** Whether it counts as failed although it may be well. */
  readonly isHeld: boolean;
}

export const CALM: Damper = { failures: [], wellSince: null, isHeld: false };

/** Goes on with what the checks say now. A real server that is down from the start has not failed: nobody saw it well. */
export function damp(
  damper: Damper,
  { kind, now, damping }: { readonly kind: Known['kind']; readonly now: number; readonly damping: FlapDamping },
): Damper {
  if (kind === 'up') {
    const wellSince = damper.wellSince ?? now;
    return { ...damper, wellSince, isHeld: damper.isHeld && now - wellSince < damping.holdSeconds * 1000 };
  }
  if (damper.wellSince === null) return damper;
  const failures = [...damper.failures, now].slice(-damping.changes);
  return { failures, wellSince: null, isHeld: damper.isHeld || isFlapping(failures, damping) };
}

/** The opinion that counts while a real server is held. */
export function held(said: Known, { changes, withinSeconds, holdSeconds }: FlapDamping): Known {
  const rule = `failed ${changes} times within ${formatDuration(withinSeconds)}, so it is held until it is well for ${formatDuration(holdSeconds)}`;
  return { kind: 'down', detail: `${rule}; now: ${said.detail}` };
}

function isFlapping(failures: readonly number[], { changes, withinSeconds }: FlapDamping): boolean {
  const [first = 0] = failures;
  return failures.length === changes && (failures.at(-1) ?? 0) - first <= withinSeconds * 1000;
}
