import type { z } from 'zod';
import { leaf, show } from '../leaf.ts';

/** Bytes in hex. `wildcard`: x stands for any digit. `digits`: how many there may be; default: any even number. */
export function hex(
  options: { readonly wildcard?: boolean; readonly digits?: readonly number[] } = {},
): z.ZodType<string> {
  const { wildcard = false, digits } = options;
  const pattern = wildcard ? /^[0-9a-fx]+$/i : /^[0-9a-f]+$/i;
  const wanted = digits === undefined ? 'an even number of' : digits.join(' or ');
  return leaf(
    (value) => {
      const text = typeof value === 'number' ? String(value) : value;
      const fits = typeof text === 'string' && pattern.test(text) && text.length <= 512;
      if (fits && (digits?.includes(text.length) ?? text.length % 2 === 0)) return { value: text.toLowerCase() };
      const hint = typeof value === 'number' ? { hint: 'write it with quotes' } : {};
      return { wrong: `must be ${wanted} hex digits${wildcard ? ', x for any,' : ''} and not ${show(value)}`, ...hint };
    },
    { type: 'string', pattern: pattern.source },
  );
}
