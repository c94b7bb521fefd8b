import type { Origin, Range } from '../model/origin.ts';
import { positionIn, rangeIn, type SourceLines, type Span } from './source.ts';

/** Keys and list indexes that lead from the root of a spec to a value. */
export type Path = readonly (string | number)[];

/** A path as one text, for sets of paths. No key holds a line feed: names do not, and other keys are known words. */
export function keyOf(path: Path): string {
  return path.join('\n');
}

/** A path and all above it, the root included. */
export function prefixes(path: Path): readonly string[] {
  return [...path, ''].map((_step, length) => keyOf(path.slice(0, length)));
}

/** What stands at a path in a value; undefined where nothing does. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      value !== null && typeof value === 'object' ? (value as Record<string | number, unknown>)[step] : undefined,
    root,
  );
}

/** Where a value and its key stand in a file; the children mirror the value. */
export interface Place {
  readonly source: SourceLines;
  /** Of a list item: the item itself. */
  readonly key: Span;
  /** Of a key with nothing after it: the key. */
  readonly value: Span;
  readonly children: ReadonlyMap<string, Place>;
  /** The mapping or list it stands in; null for the root. */
  readonly home: Home | null;
  /** Which of the entries there, from 0. */
  readonly index: number;
}

/** A mapping or a list as it is written. */
export interface Home {
  readonly kind: 'mapping' | 'list';
  /** `{ }` or `[ ]`, with its brackets, instead of lines. */
  readonly isFlow: boolean;
  readonly span: Span;
  /** The key that it is the value of; null for an item of a list, and for the root. */
  readonly key: Span | null;
  /** Every entry from its key to the end of its value, also those that are not read. */
  readonly entries: readonly Span[];
}

/** The place at a path, or the nearest one above it that exists. */
export function placeAt(root: Place, path: Path): { readonly place: Place; readonly exact: boolean } {
  let place = root;
  for (const step of path) {
    const child = place.children.get(typeof step === 'number' ? String(step) : step);
    if (child === undefined) return { place, exact: false };
    place = child;
  }
  return { place, exact: true };
}

/** The range of the value at a path, or of its key; of the nearest key above it when the path does not exist. */
export function locate(root: Place, path: Path, side: 'key' | 'value' = 'value'): Range {
  const { place, exact } = placeAt(root, path);
  return rangeIn(place.source, exact && side === 'value' ? place.value : place.key);
}

/** Where the key at a path begins, or the nearest one above it that exists. */
export function originAt(root: Place, path: Path): Origin {
  const { source, key } = placeAt(root, path).place;
  return { file: source.name, ...positionIn(source, key[0]) };
}
