import type { Check } from '../model/check.ts';
import type { WeightWish } from '../model/verdict.ts';
import type { Known, Opinion } from './tally.ts';

/** What one of the checks of a real server says. */
export interface NamedOpinion {
  /** Null: it stands alone. */
  readonly name: string | null;
  readonly opinion: Opinion;
}

/** The first kind is settled by one check that says so; the second takes all of them. */
const ORDER = { all: ['down', 'up'], any: ['up', 'down'] } as const;

/** What several checks say together. The detail is that of the checks that decided, by their names. */
export function combine(mode: Check['mode'], members: readonly NamedOpinion[]): Opinion {
  const [decisive, other] = ORDER[mode];
  const saying = (kind: Opinion['kind']) => members.filter(({ opinion }) => opinion.kind === kind);
  if (saying(decisive).length > 0) return agreed(decisive, { deciding: saying(decisive), of: members.length });
  if (saying('unknown').length > 0) return { kind: 'unknown' };
  return agreed(other, { deciding: members, of: members.length });
}

function agreed(
  kind: Known['kind'],
  { deciding, of }: { readonly deciding: readonly NamedOpinion[]; readonly of: number },
): Known {
  const detail = deciding.map((member) => words(member, of)).join('; ');
  if (kind === 'down') return { kind, detail };
  const wishes = deciding.flatMap(({ opinion }) => (opinion.kind === 'up' ? (opinion.weight ?? []) : []));
  return { kind, detail, weight: combineWishes(wishes) };
}

function words({ name, opinion }: NamedOpinion, of: number): string {
  const detail = opinion.kind === 'unknown' ? '' : opinion.detail;
  return of === 1 || name === null ? detail : `${name}: ${detail}`;
}

/** One that sets the weight stands above those that add to it, and of several the lowest counts; what they add is summed. */
function combineWishes(wishes: readonly WeightWish[]): WeightWish | null {
  const set = wishes.flatMap((wish) => (wish.kind === 'set' ? [wish.weight] : []));
  const added = wishes.flatMap((wish) => (wish.kind === 'add' ? [wish.by] : []));
  if (set.length > 0) return { kind: 'set', weight: Math.min(...set) };
  return added.length === 0 ? null : { kind: 'add', by: added.reduce((sum, by) => sum + by, 0) };
}
