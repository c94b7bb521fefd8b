import { objectAt } from '../keys-at.ts';
import type { Path } from '../place.ts';
import { specSchema } from '../schema.ts';
import { type Collection, type Entry, isCollection, type Layout } from './layout.ts';

/** Brings the keys of every mapping into the order of the schema. Names that people chose keep theirs. */
export function orderKeys(layout: Layout): Layout {
  const { root } = layout;
  if (!isCollection(root.value)) return layout;
  const first = root.value.entries[0];
  orderWithin(root.value, []);
  if (first === undefined || root.value.entries[0] === first || layout.header.length === 0) return layout;
  // The header is not about what stands first now; and what stood below it is set apart from its new neighbour too.
  if (layout.gap && first.above[0] !== '') first.above = ['', ...first.above];
  return { ...layout, gap: true };
}

function orderWithin(collection: Collection, path: Path): void {
  if (collection.kind === 'map') collection.entries = inOrder(collection.entries, path);
  for (const { step, value } of collection.entries) if (isCollection(value)) orderWithin(value, [...path, step]);
}

function inOrder(entries: Entry[], path: Path): Entry[] {
  const keys = objectAt(specSchema, path)?.keys;
  if (keys === undefined) return entries;
  const ranked = rank(entries, keys);
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
  // An alias means the anchor before it: with those in another order, it could mean another one.
  if (!sameOrder(entries.filter(isTied), sorted.filter(isTied))) return entries;
  return spread(entries, sorted);
}

/** A key that the schema does not have stays behind the one that it stands behind. */
function rank(entries: readonly Entry[], keys: readonly string[]): { entry: Entry; rank: number }[] {
  let last = -1;
  return entries.map((entry) => {
    const known = keys.indexOf(String(entry.step));
    if (known >= 0) last = known;
    return { entry, rank: last };
  });
}

function isTied({ hasAnchor }: Entry): boolean {
  return hasAnchor;
}

function sameOrder(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.every((entry, index) => entry === b[index]);
}

/** The entry that was first has no blank line above it; elsewhere it needs the one of that which takes its place. */
function spread(before: readonly Entry[], after: Entry[]): Entry[] {
  const [was] = before;
  const [is] = after;
  if (was === undefined || is === undefined || was === is) return after;
  const hasBlank = is.above[0] === '';
  if (hasBlank) is.above = is.above.slice(1);
  if (hasBlank && was.above[0] !== '') was.above = ['', ...was.above];
  return after;
}
