import { detectionOf, recoveryOf } from '../../src/health/bounds.ts';
import type { Check } from '../../src/model/check.ts';
import { REFUSED, targetOf, WELL } from './checked.ts';
import { type Behaviour, EPOCH, seededRandom, World } from './world.ts';

/** How much of its bound each detection and each recovery took: 1 is all of it, and Infinity that it never came. */
export interface Shares {
  readonly detections: readonly number[];
  readonly recoveries: readonly number[];
}

/**
 * Checks a real server that fails and recovers so many times at random moments. While it works it answers after any time
 * that is allowed; what is asked while it does not, or answered after it failed, gets no answer within the timeout.
 */
export async function failAgainAndAgain(
  check: Check,
  { times, seed }: { times: number; seed: number },
): Promise<Shares> {
  const random = seededRandom(seed);
  const bounds = { down: detectionOf(check, 'lvsctl').seconds * 1000, up: recoveryOf(check, 'lvsctl').seconds * 1000 };
  const turns = turningPoints(check, { times, random, bounds });
  const world = new World({ behave: behaviour(turns, random), resolutionMs: 0, random });
  world.checker.setTargets([targetOf(1, check)]);
  await world.time.until((turns.at(-1)?.at ?? 0) + bounds.down + bounds.up);
  const shares = (kind: 'up' | 'down') =>
    turns.filter((turn) => turn.to === kind).map(({ at }) => (noticedAt(world, { kind, at }) - at) / bounds[kind]);
  return { detections: shares('down'), recoveries: shares('up') };
}

interface Turn {
  readonly at: number;
  readonly to: 'up' | 'down';
}

/** Each comes when the one before must have been noticed, and a random while later. */
function turningPoints(
  { intervalSeconds }: Check,
  { times, random, bounds }: { times: number; random: () => number; bounds: Readonly<Record<Turn['to'], number>> },
): Turn[] {
  let at = bounds.up;
  return Array.from({ length: 2 * times }, (_, index) => {
    const to = index % 2 === 0 ? 'down' : 'up';
    at += random() * 3 * intervalSeconds * 1000;
    const turn = { at, to } as const;
    at += bounds[to];
    return turn;
  });
}

function behaviour(turns: readonly Turn[], random: () => number): Behaviour {
  return ({ timeoutSeconds }, now) => {
    const timeout = timeoutSeconds * 1000;
    // At once, as late as allowed, which is before the timer of the timeout, or in between.
    const after = Math.max(0, Math.min(timeout - 2, timeout * (random() * 3 - 1)));
    const last = turns.findLast(({ at }) => at <= now);
    const next = turns.find(({ at }) => at > now);
    const isWell = last?.to !== 'down' && now + after < (next?.at ?? Number.POSITIVE_INFINITY);
    return isWell ? { answer: WELL, after } : { answer: REFUSED, after: timeout };
  };
}

function noticedAt({ changes }: World, { kind, at }: { readonly kind: 'up' | 'down'; readonly at: number }): number {
  const moments = changes.map(({ after }) => ({ kind: after.kind, at: 'since' in after ? after.since - EPOCH : 0 }));
  return moments.find((moment) => moment.at >= at && moment.kind === kind)?.at ?? Number.POSITIVE_INFINITY;
}
