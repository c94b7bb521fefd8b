import type { Range } from '../model/origin.ts';
import type { SpecProblem } from './problem.ts';
import { bareIpv6At } from './unquoted-ipv6.ts';

/** What the YAML reader says about a text that is not YAML. */
export interface SyntaxFault {
  readonly code: string;
  readonly message: string;
  /** Offsets into the text; the end is exclusive. */
  readonly pos: readonly [number, number];
}

export type RangeOf = (start: number, end: number) => Range;

/** The first mistake only, since a broken structure breaks what follows; unquoted IPv6 addresses are told all. */
export function syntaxProblems(errors: readonly SyntaxFault[], text: string, rangeOf: RangeOf): SpecProblem[] {
  const unquoted = errors.flatMap((error) => bareIpv6At(error, { text, rangeOf }) ?? []);
  if (unquoted.length > 0) return unquoted;
  const first = errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  return first === undefined ? [] : [syntaxProblem(first, rangeOf)];
}

function syntaxProblem(error: SyntaxFault, rangeOf: RangeOf): SpecProblem {
  const range = rangeOf(error.pos[0], Math.max(error.pos[1], error.pos[0] + 1));
  if (error.code === 'TAB_AS_INDENT')
    return { rule: 'tab-indentation', message: 'A tab indents this line; YAML allows spaces only', range };
  // The reader calls itself for every level, and reports that its stack is full as an error of the text.
  const message = /stack/i.test(error.message) ? 'The text is nested too deeply' : SYNTAX_MESSAGES[error.code];
  return { rule: 'yaml-syntax', message: message ?? error.message, range };
}

const SYNTAX_MESSAGES: Readonly<Partial<Record<string, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: 'A mapping cannot begin here; check the indentation, and quote values that hold ": "',
  BLOCK_IN_FLOW: 'A mapping cannot begin inside { } or [ ] without its own braces; quote values that hold ": "',
  MULTILINE_IMPLICIT_KEY: 'This is neither a key nor part of the value above; check the indentation and the colon',
  MULTIPLE_DOCS: 'A second YAML document begins here; write one document per file',
  TAG_RESOLVE_FAILED: 'A spec knows no YAML tags',
};
