import type { Check } from '../model/check.ts';
import type { Answer, WeightWish } from '../model/verdict.ts';

/** What one check, or several together, say of a real server: a verdict without its time. */
export type Opinion = { readonly kind: 'unknown' } | Known;

export type Known =
  | { readonly kind: 'up'; readonly detail: string; readonly weight: WeightWish | null }
  | { readonly kind: 'down'; readonly detail: string };

/** Whether a real server served when its checks began; null: nobody can say. */
export type Standpoint = 'up' | 'down' | null;

/** What the answers to one check came to. */
export interface Tally {
  readonly opinion: Opinion;
  /** What stands for the opinion while there is none. */
  readonly seen?: Standpoint;
  /** Answers in a row that contradict the opinion; one that agrees ends the row. */
  readonly contrary: number;
}

/** Nobody asked yet; what the kernel's table says of the real server stands until so many answers say otherwise. */
export function unasked(seen: Standpoint): Tally {
  return { opinion: { kind: 'unknown' }, seen, contrary: 0 };
}

/**
 * Counts one more answer. The very first one decides at once, but where it contradicts what was there before: a start is
 * not to take `rise` or `fall` intervals, and a restart is to move nothing that one answer would not have moved.
 */
export function count(tally: Tally, answer: Answer, { rise, fall }: Pick<Check, 'rise' | 'fall'>): Tally {
  const { opinion, seen = null, contrary } = tally;
  const before = opinion.kind === 'unknown' ? seen : opinion.kind;
  const agrees = before === null || before === (answer.ok ? 'up' : 'down');
  const isDecided = agrees || contrary + 1 >= (answer.ok ? rise : fall);
  return isDecided ? { opinion: opinionOf(answer), contrary: 0 } : { ...tally, contrary: contrary + 1 };
}

/** Whether the next answers may change the opinion, so that they are asked for at the fast interval. */
export function isOpen({ contrary }: Tally): boolean {
  return contrary > 0;
}

function opinionOf(answer: Answer): Known {
  const { detail } = answer;
  return answer.ok ? { kind: 'up', detail, weight: answer.weight } : { kind: 'down', detail };
}
