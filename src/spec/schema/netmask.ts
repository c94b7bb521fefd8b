import type { z } from 'zod';
import { leaf, show } from '../leaf.ts';

/** A dotted quad with its ones in front for IPv4, or a prefix length from 1 to 128 for IPv6. */
export function netmask(): z.ZodType<string | number> {
  return leaf<string | number>(
    (value) => {
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 128) return { value };
      const bits = typeof value === 'string' ? quadBits(value) : undefined;
      // ipvsadm takes 255.0.255.0 too, keepalived does not (check_parser.c); no network has such a mask.
      if (bits !== undefined && /^1*0*$/.test(bits)) return { value: String(value) };
      return {
        wrong: `must be a mask such as 255.255.255.0, or a prefix length from 1 to 128 for IPv6, not ${show(value)}`,
      };
    },
    { type: ['string', 'integer'] },
  );
}

function quadBits(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
}
