import { z } from 'zod';
import type { ReadingRule } from './problem.ts';

/** Why a value does not fit. The message goes on after the key's name: `must be 1 to 65535, not 70000`. */
export interface Wrong {
  readonly wrong: string;
  readonly rule?: ReadingRule;
  readonly hint?: string;
  readonly instead?: Instead;
}

/** What to write there, where nothing else can be meant: YAML text, or the same text in quotes. */
export type Instead = { readonly text: string } | 'quoted';

/** What an editor and `explain` learn of a value: JSON Schema keywords. */
export type JsonHints = Readonly<Record<string, unknown>>;

/** What `leaf` attaches to an issue, for `readIssues`. */
export interface LeafParams {
  readonly rule: ReadingRule;
  readonly hint: string | undefined;
  readonly instead: Instead | undefined;
  readonly leaf: true;
}

/**
 * A single value with a reader of its own, so that every message is in plain words and the JSON Schema stays clean of
 * patterns that no editor can explain. Zod is left with the structure.
 */
export function leaf<T>(read: (value: unknown) => { readonly value: T } | Wrong, json: JsonHints): z.ZodType<T> {
  const reader = z.unknown().transform((value, context): T => {
    const reading = value === undefined ? MISSING : read(value);
    if ('value' in reading) return reading.value;
    const { rule = 'invalid-value', hint, instead } = reading;
    const params: LeafParams = { rule, hint, instead, leaf: true };
    context.addIssue({ code: 'custom', message: reading.wrong, params: { ...params } });
    return z.NEVER;
  });
  return reader.meta(json as Record<string, never>);
}

const MISSING: Wrong = { wrong: 'is missing', rule: 'missing-key' };

/** A value as messages show it: quoted text, a number, `a list`, `nothing`. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}
