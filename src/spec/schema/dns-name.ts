import type { z } from 'zod';
import { leaf, show } from '../leaf.ts';

/** A name that DNS can be asked for: `.`, or labels of 1 to 63 characters (RFC 1035 2.3.4). */
export function dnsName(): z.ZodType<string> {
  return leaf(
    (value) => {
      const labels = typeof value === 'string' ? value.replace(/\.$/, '').split('.') : [];
      const fits = labels.length > 0 && labels.every((label) => LABEL.test(label)) && labels.join('.').length <= 253;
      if (typeof value === 'string' && (value === '.' || fits)) return { value };
      return { wrong: `must be a DNS name such as www.example.com, not ${show(value)}` };
    },
    { type: 'string', minLength: 1, maxLength: 254 },
  );
}

/** RFC 2317 has a slash in some. */
const LABEL = /^[A-Za-z0-9_/*-]{1,63}$/;
