import { objectAt } from '../../src/spec/keys-at.ts';
import { specSchema } from '../../src/spec/schema.ts';

/** What one key of a spec means to keepalived. */
export interface Row {
  /** From its section down; `*` stands for a name or a place in a list. */
  readonly key: string;
  /** What is written in that section. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Lines of keepalived.conf, without their indentation. */
  readonly writes: readonly string[];
  /** Lines by which keepalived 2.2.7 shows in its dump that it took them, also without indentation. */
  readonly shows: readonly string[];
}

/** All keys below a place of the schema that have no keys below them. */
export function leafKeys(path: readonly string[], below: readonly string[] = []): string[] {
  const keys = (tail: readonly string[]) => objectAt(specSchema, [...path, ...below, ...tail])?.keys;
  const own = keys([]);
  if (own !== undefined) return own.flatMap((key) => leafKeys(path, [...below, key]));
  return keys(['*']) === undefined ? [below.join('.')] : leafKeys(path, [...below, '*']);
}

/** A spec as text: YAML takes JSON. */
export function specText(spec: object): string {
  return JSON.stringify({ version: 1, ...spec });
}

/** Lines without indentation and comments. */
export function bareLines(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/ # \S+:\d+$/, '').trim());
}
