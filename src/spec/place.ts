import type { Range } from '../model/origin.ts';

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

/** Where a value and its key stand in a file; the children mirror the value. */
export interface Place {
  readonly key: () => Range;
  readonly value: () => Range;
  readonly children: ReadonlyMap<string, Place>;
}

/** The place at a path, or the nearest one above it that exists. */
export function placeAt(root: Place, path: Path): { readonly place: Place; readonly exact: boolean } {
  let place = root;
  for (const step of path) {
    const child = place.children.get(String(step));
    if (child === undefined) return { place, exact: false };
    place = child;
  }
  return { place, exact: true };
}

/** The range of the value at a path, or of its key; of the nearest key above it when the path does not exist. */
export function locate(root: Place, path: Path, side: 'key' | 'value' = 'value'): Range {
  const { place, exact } = placeAt(root, path);
  return exact && side === 'value' ? place.value() : place.key();
}
