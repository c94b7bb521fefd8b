import type { z } from 'zod';
import { type Mistake, readIssues } from './issues.ts';
import { keyOf, type Path, prefixes } from './place.ts';
import { MOST_PROBLEMS } from './problem.ts';
import { type Spec, specSchema } from './schema.ts';

/** The part of a spec that fits the schema, the mistakes, and what had to be left out for them. */
export interface Fitted {
  readonly spec: Spec;
  readonly mistakes: readonly Mistake[];
  readonly pruned: readonly Path[];
  /** There are more mistakes than anybody wants to know, and nothing else is known of the spec. */
  readonly isCut: boolean;
}

/** Each round leaves out at least one value; more than a few happen only when leaving one out uncovers another. */
const MAX_ROUNDS = 20;

/** Leaves out what does not fit until the rest does, so that one bad value does not hide the mistakes beside it. */
export function fitToSchema(raw: unknown): Fitted {
  let mistakes: readonly Mistake[] = [];
  let pruned: readonly Path[] = [];
  let value = raw;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result: z.ZodSafeParseResult<Spec> = specSchema.safeParse(value);
    if (result.success) return { spec: result.data, mistakes, pruned, isCut: false };
    const issues = firstIssues(result.error.issues);
    const found = readIssues(issues, value);
    if (issues !== result.error.issues) return { spec: {}, mistakes: mistakes.concat(found), pruned, isCut: true };
    // A fault in a mapping that already lost a value is most likely that loss: one mistake, one finding.
    const hurt = new Set(pruned.flatMap(prefixes));
    mistakes = mistakes.concat(found.filter(({ prune, echo }) => !echo && !hurt.has(keyOf(prune))));
    const paths = found.map(({ prune }) => prune);
    pruned = pruned.concat(paths);
    value = without(value, paths);
  }
  return { spec: {}, mistakes, pruned, isCut: false };
}

/** The same when there are few enough. One issue holds all keys of a mapping that are unknown. */
function firstIssues(all: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  let left = MOST_PROBLEMS;
  const first: z.core.$ZodIssue[] = [];
  for (const issue of all) {
    if (issue.code === 'unrecognized_keys' && issue.keys.length > left)
      return [...first, { ...issue, keys: issue.keys.slice(0, left) }];
    left -= issue.code === 'unrecognized_keys' ? issue.keys.length : 1;
    if (left < 0) return first;
    first.push(issue);
  }
  return all;
}

function without(root: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(root);
  for (const path of paths) {
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], copy);
    if (parent !== null && typeof parent === 'object')
      delete (parent as Record<string | number, unknown>)[path.at(-1) ?? ''];
  }
  return copy;
}
