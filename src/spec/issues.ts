import type { z } from 'zod';
import { certainlyMeant, suggestion } from './did-you-mean.ts';
import type { Proposal } from './edit.ts';
import { objectAt } from './keys-at.ts';
import { type Instead, type LeafParams, show } from './leaf.ts';
import { keyOf, type Path, valueAt } from './place.ts';
import type { ReadingRule } from './problem.ts';
import { specSchema } from './schema.ts';

/** One mistake that the schema found, at its path, with the value to leave out so that the rest can be read. */
export interface Mistake {
  readonly rule: ReadingRule;
  readonly message: string;
  readonly hint?: string;
  readonly fix?: Proposal;
  readonly path: Path;
  readonly side: 'key' | 'value';
  readonly prune: Path;
  /** It follows from another one, and is not worth a finding of its own. */
  readonly echo: boolean;
}

type Fault = Omit<Mistake, 'echo'>;

/** Zod's issues with a value in our words; of a spec, or of another file that has a schema. */
export function readIssues(
  issues: readonly z.core.$ZodIssue[],
  root: unknown,
  schema: z.ZodType = specSchema,
): Mistake[] {
  const mistakes = issues
    .flatMap((issue) => settle(issue, []))
    .flatMap(({ issue, path }) => toMistakes(issue, { path, root, schema }));
  const mistyped = new Set(
    mistakes.flatMap(({ rule, path }) => (rule === 'unknown-key' ? [keyOf(path.slice(0, -1))] : [])),
  );
  // What a mapping seems to lack is most likely what it has under a wrong name.
  return mistakes.map((mistake) => ({
    ...mistake,
    echo: mistake.rule === 'missing-key' && mistyped.has(keyOf(mistake.path)),
  }));
}

interface Settled {
  readonly issue: z.core.$ZodIssue;
  readonly path: Path;
}

/** A union fails with the issues of every form; the form that the writer meant is the one whose outside fits. */
function settle(issue: z.core.$ZodIssue, base: Path): readonly Settled[] {
  const path = [...base, ...(issue.path as Path)];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors.find((issues) => !issues.some(isOutside));
  if (meant !== undefined) return meant.flatMap((inner) => settle(inner, path));
  return [{ issue, path }];
}

function isOutside(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((issues) => issues.some(isOutside));
  return issue.code === 'invalid_type' || isLeaf(issue) !== undefined;
}

function isLeaf(issue: z.core.$ZodIssue): LeafParams | undefined {
  const params = issue.code === 'custom' ? (issue.params as LeafParams | undefined) : undefined;
  return params?.leaf === true ? params : undefined;
}

function toMistakes(
  issue: z.core.$ZodIssue,
  { path, root, schema }: { path: Path; root: unknown; schema: z.ZodType },
): readonly Fault[] {
  const value = valueAt(root, path);
  const key = path.at(-1) ?? '';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((unknown) => unknownKey(unknown, { parent: path, value, schema }));
  if (issue.code === 'invalid_key') return [invalidName(String(key), path)];
  if (value === undefined && path.length > 0) return [missingKey(path, schema)];
  if (value === null)
    return [
      mistake(path, {
        rule: 'invalid-value',
        message: `${label(path)} has no value`,
        hint: 'give it one, or remove it',
      }),
    ];
  const params = isLeaf(issue) ?? leafOfUnion(issue, value);
  if (params !== undefined) {
    const { rule, hint, message, instead } = { message: issue.message, ...params };
    const fix = instead && { fix: proposalFor(path, instead) };
    return [
      mistake(path, { rule, message: `${label(path)} ${message}`, ...(hint === undefined ? {} : { hint }), ...fix }),
    ];
  }
  const wanted = issue.code === 'invalid_type' ? `must be ${WANTED[issue.expected] ?? issue.expected}` : issue.message;
  return [mistake(path, { rule: 'invalid-value', message: `${label(path)} ${wanted}, not ${show(value)}` })];
}

const WANTED: Readonly<Record<string, string>> = { object: 'a mapping', record: 'a mapping', array: 'a list' };

/** A single value where one is among the forms: what the reader of that form says is the better answer. */
function leafOfUnion(issue: z.core.$ZodIssue, value: unknown): (LeafParams & { message: string }) | undefined {
  if (issue.code !== 'invalid_union' || typeof value === 'object') return undefined;
  const inner = issue.errors.flat().find((candidate) => candidate.path.length === 0 && isLeaf(candidate) !== undefined);
  const params = inner === undefined ? undefined : isLeaf(inner);
  return inner === undefined || params === undefined ? undefined : { ...params, message: inner.message };
}

function proposalFor(path: Path, instead: Instead): Proposal {
  if (instead === 'quoted') return { description: 'Put it in quotes', edits: [{ action: 'quote', path }] };
  return { description: `Write ${instead.text}`, edits: [{ action: 'write', path, text: instead.text }] };
}

function unknownKey(
  unknown: string,
  { parent, value, schema }: { parent: Path; value: unknown; schema: z.ZodType },
): Fault {
  const object = objectAt(schema, parent);
  const title = object?.title ?? 'mapping';
  const article = title.endsWith(' section') ? 'the' : /^[aeiou]/i.test(title) ? 'an' : 'a';
  const keys = object?.keys ?? [];
  const path = [...parent, unknown];
  return {
    rule: 'unknown-key',
    message: `"${unknown}" is not a key of ${article} ${title}${suggestion(unknown, keys)}`,
    ...renaming(path, { certain: certainlyMeant(unknown, keys), value }),
    path,
    side: 'key',
    prune: path,
  };
}

/** Not where the key that is meant stands there as well. */
function renaming(
  path: Path,
  { certain, value }: { certain: string | undefined; value: unknown },
): { readonly fix?: Proposal } {
  if (certain === undefined || Object.hasOwn(Object(value), certain)) return {};
  return { fix: { description: `Rename it to ${certain}`, edits: [{ action: 'rename', path, name: certain }] } };
}

function invalidName(name: string, path: Path): Fault {
  const message = `${show(name)} is not a name: letters, digits, ".", "_" and "-", at most 63, beginning with a letter or digit`;
  return { rule: 'invalid-name', message, path, side: 'key', prune: path };
}

function missingKey(path: Path, schema: z.ZodType): Fault {
  const parent = path.slice(0, -1);
  const title = objectAt(schema, parent)?.title ?? 'mapping';
  const message = `${label(parent)} has no ${String(path.at(-1))}, which a ${title} needs`;
  return { rule: 'missing-key', message, path: parent, side: 'key', prune: parent };
}

function mistake(path: Path, parts: Pick<Fault, 'rule' | 'message' | 'hint' | 'fix'>): Fault {
  return { ...parts, path, side: 'value', prune: withoutIndexes(path) };
}

/** A list goes as a whole: leaving out one item would move the places of those after it. */
function withoutIndexes(path: Path): Path {
  const index = path.findIndex((step) => typeof step === 'number');
  return index < 0 ? path : path.slice(0, index);
}

/** `port`, `vips[1]`: the last key of a path, with the index in its list. */
function label(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The spec';
  return typeof last === 'number' ? `${String(path.at(-2))}[${last}]` : last;
}
