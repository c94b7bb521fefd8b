import { isDeepStrictEqual } from 'node:util';
import type { Path } from '../spec/place.ts';

/** The path to the first thing that is another than before; of something removed, to what it was removed from. */
export function firstChange(before: unknown, after: unknown): Path {
  if (!isMapping(before) || !isMapping(after) || Array.isArray(before) !== Array.isArray(after)) return [];
  const changed = Object.keys(after).find((key) => !isDeepStrictEqual(before[key], after[key]));
  if (changed === undefined) return [];
  return [Array.isArray(after) ? Number(changed) : changed, ...firstChange(before[changed], after[changed])];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
