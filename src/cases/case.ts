import type { LineEdit } from '../keepalived/line-edits.ts';
import type { Desired } from '../model/desired.ts';
import type { Step } from '../plan/plan.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { TestCase } from '../spec/schema/test-file.ts';

export type { TestCase };

/** A test case with the specs it speaks of. */
export interface CaseInput {
  readonly given: TestCase;
  /** The spec under test. */
  readonly loaded: LoadedSpec;
  /** What `live: { spec: … }` means; null where the live table is none of a spec. */
  readonly before: Desired | null;
  /** keepalived.conf of the case's director; null where there is none, or nobody asks for it. */
  readonly conf: string | null;
  /** A step in the words of `apply`. */
  readonly stepText: (step: Step) => string;
}

/** What a test file says of things that are not there; the path is below the case. */
export interface CaseMistake {
  readonly path: Path;
  readonly message: string;
}

export type Expectation = keyof TestCase['expect'];

/** Something came out otherwise: `-` was expected, `+` was seen. */
export interface Mismatch {
  readonly what: Expectation;
  readonly edits: readonly LineEdit[];
}

export interface CaseResult {
  readonly mistakes: readonly CaseMistake[];
  readonly mismatches: readonly Mismatch[];
}

/** What one kind of expectation was compared with. */
export interface Comparison {
  readonly expected: readonly string[];
  readonly seen: readonly string[];
}

/** A name or a list of names, as a list; a text of several lines is a list of lines. */
export function listOf(words: string | readonly string[]): readonly string[] {
  const lines = typeof words === 'string' ? words.split('\n') : words;
  return lines.map((line) => line.trim().replace(/\s+/g, ' ')).filter((line) => line !== '');
}
