import type { Range } from '../model/origin.ts';
import type { Fix } from './edit.ts';
import type { Path } from './place.ts';

/** The rules that reading a spec can break. Lint gives each its number, severity and reason. */
export type ReadingRule =
  | 'yaml-syntax'
  | 'unknown-key'
  | 'duplicate-key'
  | 'invalid-value'
  | 'unquoted-ipv6'
  | 'tab-indentation'
  | 'not-a-mapping'
  | 'merge-key'
  | 'alias-limit'
  | 'not-text'
  | 'too-large'
  | 'missing-key'
  | 'version'
  | 'split-conflict'
  | 'invalid-address'
  | 'invalid-name'
  | 'invalid-duration'
  | 'unknown-scheduler'
  | 'unknown-value';

/** One mistake found while reading: a finding without its number and severity. */
export interface SpecProblem {
  readonly rule: ReadingRule;
  readonly message: string;
  readonly range: Range;
  /** Where in the spec's own terms, as far as it is known. */
  readonly path?: Path;
  readonly hint?: string;
  readonly fix?: Fix;
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
}

/** Nobody mends more at a time, and thousands of equal ones are one mistake of a program that writes specs. */
export const MOST_PROBLEMS = 10_000;

/** What is said last where there are more. */
export function tooManyProblems(range: Range): SpecProblem {
  const message = `There are more than ${MOST_PROBLEMS.toLocaleString('en')} mistakes of form; no more are told`;
  return { rule: 'too-large', message, range, hint: 'mend these first' };
}
