import type { z } from 'zod';
import type { StatusRange } from '../../model/check.ts';
import { leaf, show } from '../leaf.ts';

/** `200`, `[200, 204]`, `"200-299,401"`, as ranges with both ends included, in the order they are written. */
export function statusRanges(): z.ZodType<readonly StatusRange[]> {
  return leaf(
    (value) => {
      const parts = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
      const ranges = parts.map(readRange);
      if (parts.length > 0 && ranges.every((range) => range !== undefined)) return { value: ranges };
      return {
        wrong: `must be a status from 100 to 599, a list of them, or a range such as "200-299", not ${show(value)}`,
      };
    },
    { anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'array', items: { type: 'integer' } }] },
  );
}

function readRange(part: unknown): StatusRange | undefined {
  const [, first, last = first] = /^\s*(\d{3})(?:-(\d{3}))?\s*$/.exec(String(part)) ?? [];
  if (first === undefined) return undefined;
  const range = { first: Number(first), last: Number(last) };
  return range.first >= 100 && range.last <= 599 && range.first <= range.last ? range : undefined;
}
