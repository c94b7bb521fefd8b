import { formatDuration, parseDuration } from '../model/duration.ts';
import type { z } from 'zod';
import { certainlyMeant, suggestion } from './did-you-mean.ts';
import { type JsonHints, leaf, show, type Wrong } from './leaf.ts';
import type { ReadingRule } from './problem.ts';
import { isReserved } from './read-key.ts';

/** A whole number within a range, both ends included. */
export function integer(range: { readonly min: number; readonly max: number }): z.ZodType<number> {
  const { min, max } = range;
  const wanted = `must be a whole number from ${min} to ${max}`;
  return leaf(
    (value) => {
      if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return { value };
      return { wrong: `${wanted}, not ${show(value)}`, ...numberHint(value, range) };
    },
    { type: 'integer', minimum: min, maximum: max },
  );
}

/** A number with fractions, both ends included. */
export function decimal(range: { readonly min: number; readonly max: number }): z.ZodType<number> {
  const { min, max } = range;
  return leaf(
    (value) => {
      if (typeof value === 'number' && value >= min && value <= max) return { value };
      return { wrong: `must be a number from ${min} to ${max}, not ${show(value)}`, ...numberHint(value, range) };
    },
    { type: 'number', minimum: min, maximum: max },
  );
}

function numberHint(value: unknown, { min, max }: { min: number; max: number }): Pick<Wrong, 'hint' | 'instead'> {
  if (typeof value !== 'string') return {};
  if (/^0\d+$/.test(value)) return { hint: `write ${Number(value)}, without leading zeros` };
  if (!/^\d+$/.test(value)) return {};
  const fits = Number(value) >= min && Number(value) <= max;
  return { hint: 'write it without quotes', ...(fits && { instead: { text: value } }) };
}

/** `true` or `false`. */
export function flag(): z.ZodType<boolean> {
  return leaf(
    (value) => {
      if (typeof value === 'boolean') return { value };
      const given = typeof value === 'string' ? value : '';
      const meant = /^(yes|on|y)$/i.test(given) ? 'true' : /^(no|off|n)$/i.test(given) ? 'false' : undefined;
      const way = meant && { hint: `write ${meant}`, instead: { text: meant } };
      return { wrong: `must be true or false, not ${show(value)}`, ...way };
    },
    { type: 'boolean' },
  );
}

/** One line of text that is not empty. */
export function text(options: { readonly max?: number; readonly json?: JsonHints } = {}): z.ZodType<string> {
  const max = options.max ?? 4096;
  return leaf((value) => readText(value, max), { type: 'string', minLength: 1, maxLength: max, ...options.json });
}

/** A line of text, and why a value is none. */
export function readText(value: unknown, max: number): { readonly value: string } | Wrong {
  if (typeof value === 'number' || typeof value === 'boolean')
    return { wrong: `must be text, not ${value}`, hint: `write "${value}" with quotes`, instead: 'quoted' };
  if (typeof value !== 'string') return { wrong: `must be text, not ${show(value)}` };
  if (value.trim() === '') return { wrong: 'must not be empty' };
  if (/[\n\r\t]/.test(value)) return { wrong: 'must be one line, without tabs' };
  if (value.length > max) return { wrong: `must have at most ${max} characters, not ${value.length}` };
  return { value };
}

/** One of a few words. */
export function word<const W extends string>(
  words: readonly W[],
  options: { readonly rule?: ReadingRule; readonly synonyms?: Readonly<Record<string, W>> } = {},
): z.ZodType<W> {
  const synonyms = new Map(Object.entries(options.synonyms ?? {}));
  return leaf(
    (value) => {
      const known = words.find((candidate) => candidate === value);
      if (known !== undefined) return { value: known };
      const given = typeof value === 'string' ? value : '';
      const synonym = synonyms.get(given.toLowerCase());
      const meant = synonym === undefined ? suggestion(given, words) : `; did you mean "${synonym}"?`;
      const fault = `must be ${listWords(words)}, not ${show(value)}${meant}`;
      const certain = synonym ?? certainlyMeant(given, words);
      return {
        wrong: fault,
        rule: options.rule ?? 'unknown-value',
        ...(certain !== undefined && { instead: { text: certain } }),
      };
    },
    { enum: [...words] },
  );
}

function listWords(words: readonly string[]): string {
  return words.length === 1 ? String(words[0]) : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** The form of every name: letters, digits, `.`, `_` and `-`, at most 63, beginning with a letter or digit. */
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The name of something that stands elsewhere in the spec. */
export function reference(noun: string): z.ZodType<string> {
  return leaf(
    (value) => {
      if (typeof value === 'string' && NAME.test(value) && !isReserved(value)) return { value };
      return { wrong: `must be the name of ${noun}, not ${show(value)}` };
    },
    { type: 'string', pattern: NAME.source },
  );
}

/** A network interface as the kernel names it: at most 15 characters (IFNAMSIZ), no blank, no slash; nor a quote or $. */
export const INTERFACE = /^[^\s/:"'`$\\]{1,15}$/;

/** The name of one. */
export function interfaceName(): z.ZodType<string> {
  return leaf(
    (value) => {
      if (typeof value === 'string' && INTERFACE.test(value)) return { value };
      return { wrong: `must be the name of a network interface, at most 15 characters, not ${show(value)}` };
    },
    { type: 'string', maxLength: 15 },
  );
}

/** `5s`, `2m`, `1h30m` or `0`, in seconds. The range is in seconds too. */
export function duration(range: { readonly min: number; readonly max: number }): z.ZodType<number> {
  const { min, max } = range;
  return leaf(
    (value) => {
      if (value === 0 && min <= 0) return { value: 0 };
      if (typeof value === 'number')
        return { wrong: `must be a duration with its unit, not ${value}`, ...unitHint(value) };
      const seconds = typeof value === 'string' ? parseDuration(value) : undefined;
      if (seconds === undefined)
        return { wrong: `must be a duration such as 5s, 2m or 1h30m, not ${show(value)}`, rule: 'invalid-duration' };
      if (seconds >= min && seconds <= max) return { value: seconds };
      const wanted = `${min === 0 ? '0' : formatDuration(min)} to ${formatDuration(max)}`;
      return { wrong: `must be ${wanted}, not ${value}`, rule: 'invalid-duration' };
    },
    { anyOf: [{ type: 'string' }, { const: 0 }], examples: ['5s', '2m', '1h30m'] },
  );
}

function unitHint(value: number): { rule: ReadingRule; hint?: string } {
  return Number.isInteger(value) && value > 0
    ? { rule: 'invalid-duration', hint: `write ${value}s for seconds` }
    : { rule: 'invalid-duration' };
}

/** `30%`, as a share from 0 to 1. */
export function percentage(): z.ZodType<number> {
  return leaf(
    (value) => {
      const match = typeof value === 'string' ? /^(\d{1,3}(?:\.\d+)?)\s?%$/.exec(value) : null;
      const share = match === null ? Number.NaN : Number(match[1]) / 100;
      if (share >= 0 && share <= 1) return { value: share };
      const hint = typeof value === 'number' ? { hint: `write ${value}%` } : {};
      return { wrong: `must be 0% to 100%, not ${show(value)}`, ...hint };
    },
    { type: 'string', examples: ['30%'] },
  );
}
