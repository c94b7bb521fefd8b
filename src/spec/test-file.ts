import type { Range } from '../model/origin.ts';
import { readIssues } from './issues.ts';
import { parseSource } from './parse.ts';
import { locate, type Path } from './place.ts';
import type { SpecProblem } from './problem.ts';
import { type TestFile, testFileSchema } from './schema/test-file.ts';
import type { SourceFile } from './source.ts';

/** A file of test cases as it was read; `file` is there only when nothing is wrong with it. */
export interface LoadedTestFile {
  readonly source: SourceFile;
  readonly problems: readonly SpecProblem[];
  readonly file: TestFile | null;
  readonly locate: (path: Path, side?: 'key' | 'value') => Range;
}

/** Reads a test file with the eyes that read specs. A test that is half understood proves nothing, so it is all or none. */
export function loadTestFile(source: SourceFile): LoadedTestFile {
  const parsed = parseSource(source);
  const { root } = parsed;
  const start = { line: 1, column: 1 };
  const nowhere = (): Range => ({ file: source.name, start, end: start });
  if (root === undefined) return { source, problems: parsed.problems, file: null, locate: nowhere };
  const at = (path: Path, side?: 'key' | 'value') => locate(root.place, path, side);
  const result = testFileSchema.safeParse(root.value);
  const mistakes = result.success ? [] : readIssues(result.error.issues, root.value, testFileSchema);
  const problems = [
    ...parsed.problems,
    ...mistakes
      .filter(({ echo }) => !echo)
      .map(({ rule, message, hint, path, side }) => ({
        rule,
        message,
        range: at(path, side),
        ...(hint === undefined ? {} : { hint }),
      })),
  ];
  return { source, problems, file: result.success && problems.length === 0 ? result.data : null, locate: at };
}
