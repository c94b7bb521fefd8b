import { isScalar, type Node, type Scalar, type YAMLMap } from 'yaml';
import { removeEntry } from './edit.ts';
import { type At, report, spanOf, START } from './parse.ts';
import type { Home, Place } from './place.ts';
import type { SpecProblem } from './problem.ts';
import { rangeIn, type Span } from './source.ts';

interface MapUnderWay {
  readonly at: At;
  readonly map: YAMLMap;
  readonly children: ReadonlyMap<string, Place>;
  readonly home: Home;
  readonly index: number;
}

/** The text of a key, or undefined when the pair is to be left out, which is then reported. */
export function readKey(key: Node | null, underWay: MapUnderWay): string | undefined {
  const { at, map, children } = underWay;
  const { walk } = at;
  if (walk.fatal) return undefined;
  const { path } = walk;
  const span = spanOf(key ?? map);
  const text = isWord(key) ? (key.source ?? String(key.value)) : undefined;
  const problem = text === undefined ? KEY_NOT_WORD : problemOf(text, { underWay, span });
  const first = text === undefined ? undefined : children.get(text);
  if (problem === undefined && first === undefined) return text;
  walk.dropped.push([...path, text ?? '']);
  if (problem !== undefined) report(walk, { ...problem, range: rangeIn(walk.source, span), path: [...path] });
  else if (first !== undefined) report(walk, duplicateKey(String(text), { first, underWay, span }));
  return undefined;
}

function isWord(key: Node | null): key is Scalar {
  return isScalar(key) && key.value !== null && key.type !== 'BLOCK_LITERAL' && key.type !== 'BLOCK_FOLDED';
}

type KeyProblem = Omit<SpecProblem, 'range'>;

function problemOf(key: string, { underWay, span }: { underWay: MapUnderWay; span: Span }): KeyProblem | undefined {
  if (span[1] - span[0] > LONGEST_KEY) return KEY_TOO_LONG;
  if (key === '<<') return MERGE_KEY;
  if (isReserved(key)) return { rule: 'invalid-name', message: `"${key}" cannot be a name` };
  return isAlone(underWay, span) ? KEY_ALONE : undefined;
}

/** What every object has: who looks for it in a mapping finds it where it is not. */
const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** `? key` without a colon: the YAML reader loses what stands where the value should. */
function isAlone({ at, map, home, index }: MapUnderWay, [start]: Span): boolean {
  if (map.items[index]?.value !== null) return false;
  const before = at.walk.source.text.slice(home.entries[index - 1]?.[1] ?? home.span[0], start);
  return /(^|\n)[^#\n]*\?\s/.test(before);
}

function duplicateKey(
  key: string,
  { first, underWay, span }: { first: Place; underWay: MapUnderWay; span: Span },
): SpecProblem {
  const { at, home, index } = underWay;
  const { source } = at.walk;
  const firstRange = rangeIn(source, first.key);
  const [mine, theirs] = [home.entries[index], home.entries[first.index]].map((entry) =>
    source.text.slice(...(entry ?? START)),
  );
  // Word for word the same: whichever is read, the spec says the same without the second.
  const edits = mine === theirs ? removeEntry({ source, home, index }) : undefined;
  return {
    rule: 'duplicate-key',
    message: `"${key}" stands here a second time`,
    range: rangeIn(source, span),
    path: [...at.walk.path, key],
    hint: `the first one is on line ${firstRange.start.line}`,
    related: [{ range: firstRange, message: 'the first one' }],
    ...(edits && { fix: { description: `Remove the second ${key}, which says the same`, edits } }),
  };
}

const KEY_NOT_WORD = {
  rule: 'yaml-syntax',
  message: 'A key is a single word; this one is empty, a text of several lines, a list or a mapping',
} as const;
/** YAML has keys of up to 1,024 characters, with what stands around them; a name has at most 63. */
const LONGEST_KEY = 256;
const KEY_TOO_LONG = { rule: 'yaml-syntax', message: `A key has more than ${LONGEST_KEY} characters` } as const;
const KEY_ALONE = {
  rule: 'yaml-syntax',
  message: 'A key stands behind a question mark, and no colon behind it',
} as const;
const MERGE_KEY = {
  rule: 'merge-key',
  message: 'YAML merge keys (<<) are not read',
  hint: 'use defaults, a pool, or an alias for a whole value',
} as const;
