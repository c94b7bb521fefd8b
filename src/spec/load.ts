import type { Desired } from '../model/desired.ts';
import type { Range } from '../model/origin.ts';
import type { Mistake } from './issues.ts';
import { type Merged, mergeFiles } from './merge.ts';
import { type ParsedSource, parseSource } from './parse.ts';
import { keyOf, locate, type Path, prefixes } from './place.ts';
import type { SpecProblem } from './problem.ts';
import { fitToSchema } from './prune.ts';
import { refuseTogether } from './readable.ts';
import { resolve } from './resolve.ts';
import type { Spec } from './schema.ts';
import type { SourceFile } from './source.ts';

/** Everything one reading of a spec gives. */
export interface LoadedSpec {
  readonly files: readonly SourceFile[];
  /** Mistakes of reading: syntax, keys, types. Semantic ones are found by lint. */
  readonly problems: readonly SpecProblem[];
  /** What fits the schema; empty when some file is no mapping at all. */
  readonly spec: Spec;
  /** What the spec means, as far as it could be read. Good for nothing but advice while there are errors. */
  readonly desired: Desired;
  /** False when some file could not be read as a mapping, so that what is missing may stand there. */
  readonly readable: boolean;
  /** Where a path is written; for a path that is not there, the nearest key above it. */
  locate(path: Path, side?: 'key' | 'value'): Range;
  /** Whether something at this path, below or above it was left out because of a mistake. */
  damaged(path: Path): boolean;
  /** Whether an entry of the mapping at this path was left out, so that it may only seem to lack something. */
  incomplete(path: Path): boolean;
}

/** Reads a spec from the text of its files. Never throws for what they hold. */
export function loadSpec(files: readonly SourceFile[]): LoadedSpec {
  const refused = refuseTogether(files);
  if (refused !== undefined && files.length > 1) return unreadable(files, [refused]);
  const parsed = files.map(parseSource);
  const roots = parsed.flatMap(({ root }) => (root === undefined ? [] : [root]));
  const problems = parsed.flatMap((source) => source.problems);
  // One unreadable file may hold the pool that another one names: what follows from its absence is noise.
  if (roots.length < files.length || roots.length === 0) return unreadable(files, problems);
  return fit(files, { parsed, merged: mergeFiles(roots) });
}

function fit(
  files: readonly SourceFile[],
  { parsed, merged }: { parsed: readonly ParsedSource[]; merged: Merged },
): LoadedSpec {
  const { spec, mistakes, pruned } = fitToSchema(merged.value);
  const at = (path: Path, side?: 'key' | 'value') => locate(merged.place, path, side);
  const lost = indexLost([...merged.dropped, ...pruned]);
  const problems = [
    ...parsed.flatMap((source) => source.problems),
    ...merged.problems,
    ...mistakes.map((mistake) => toProblem(mistake, at)),
    ...missingVersion(merged, files),
  ];
  return {
    files,
    problems: unique(problems),
    spec,
    desired: resolve(spec, at),
    readable: true,
    locate: at,
    damaged: (path) => lost.below.has(keyOf(path)) || prefixes(path).some((prefix) => lost.exact.has(prefix)),
    incomplete: (path) => lost.children.has(keyOf(path)),
  };
}

function unreadable(files: readonly SourceFile[], problems: readonly SpecProblem[]): LoadedSpec {
  const start = { line: 1, column: 1 };
  const nowhere: Range = { file: files[0]?.name ?? '', start, end: start };
  const locateNothing = () => nowhere;
  return {
    files,
    problems,
    spec: {},
    desired: resolve({}, locateNothing),
    readable: false,
    locate: locateNothing,
    damaged: () => true,
    incomplete: () => true,
  };
}

interface Lost {
  readonly exact: ReadonlySet<string>;
  readonly below: ReadonlySet<string>;
  readonly children: ReadonlySet<string>;
}

function indexLost(paths: readonly Path[]): Lost {
  return {
    exact: new Set(paths.map(keyOf)),
    below: new Set(paths.flatMap(prefixes)),
    children: new Set(paths.map((path) => keyOf(path.slice(0, -1)))),
  };
}

function toProblem(mistake: Mistake, at: LoadedSpec['locate']): SpecProblem {
  const { rule, message, hint, path, side } = mistake;
  return { rule, message, range: at(path, side), ...(hint === undefined ? {} : { hint }) };
}

function missingVersion(merged: Merged, files: readonly SourceFile[]): SpecProblem[] {
  if ('version' in merged.value || merged.dropped.some((path) => path.length === 1)) return [];
  const start = { line: 1, column: 1 };
  const range: Range = { file: files[0]?.name ?? '', start, end: { line: 1, column: 2 } };
  return [{ rule: 'version', message: 'The spec does not say its version', range, hint: 'add the line version: 1' }];
}

/** An alias repeats a value, and with it the value's mistakes. */
function unique(problems: readonly SpecProblem[]): SpecProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, range, message }) => {
    const key = `${rule} ${range.file}:${range.start.line}:${range.start.column} ${message}`;
    return seen.size < seen.add(key).size;
  });
}
