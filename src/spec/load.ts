import type { Desired } from '../model/desired.ts';
import type { Range } from '../model/origin.ts';
import { type Fix, fixAt, type Proposal } from './edit.ts';
import { findExcess } from './extent.ts';
import type { Mistake } from './issues.ts';
import { type Merged, mergeFiles } from './merge.ts';
import { type ParsedSource, parseSource, START } from './parse.ts';
import { keyOf, locate, originAt, type Path, type Place, prefixes } from './place.ts';
import { type SpecProblem, tooManyProblems } from './problem.ts';
import { fitToSchema } from './prune.ts';
import { refuseTogether } from './readable.ts';
import { resolve } from './resolve.ts';
import type { Spec } from './schema.ts';
import { rangeIn, type SourceFile } from './source.ts';

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
  /** A proposal as text of the files; undefined where the way they are written leaves no safe way. */
  fix(proposal: Proposal): Fix | undefined;
  /** Whether something at this path, below or above it was left out because of a mistake. */
  damaged(path: Path): boolean;
  /** Whether an entry of the mapping at this path was left out, so that it may only seem to lack something. */
  incomplete(path: Path): boolean;
}

/** Reads a spec from the text of its files. Never throws for what they hold. */
export function loadSpec(files: readonly SourceFile[]): LoadedSpec {
  const refused = files.length > 1 ? refuseTogether(files) : undefined;
  if (refused !== undefined) return unreadable(files, [refused]);
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
  const { place, dropped } = merged;
  const { spec, mistakes, pruned, isCut } = fitToSchema(merged.value);
  const problems = unique([
    ...parsed.flatMap((source) => source.problems),
    ...merged.problems,
    ...mistakes.map((mistake) => toProblem(mistake, place)),
    ...missingVersion(merged, files),
  ]);
  if (isCut) return unreadable(files, [...problems, tooManyProblems(rangeIn(place.source, START))]);
  const excess = findExcess(spec);
  if (excess !== undefined) return unreadable(files, [...problems, toProblem({ ...excess, ...TOO_LARGE }, place)]);
  const lost = indexLost([...dropped, ...pruned]);
  // Most specs are whole, and lint asks for every path.
  const nothingLost = lost.exact.size === 0;
  return {
    files,
    problems,
    spec,
    desired: resolve(spec, (path) => originAt(place, path)),
    readable: true,
    locate: (path, side) => locate(place, path, side),
    fix: (proposal) => fixAt(place, proposal),
    damaged: nothingLost
      ? () => false
      : (path) => lost.below.has(keyOf(path)) || prefixes(path).some((prefix) => lost.exact.has(prefix)),
    incomplete: nothingLost ? () => false : (path) => lost.children.has(keyOf(path)),
  };
}

const TOO_LARGE = { rule: 'too-large', side: 'key' } as const;

function unreadable(files: readonly SourceFile[], problems: readonly SpecProblem[]): LoadedSpec {
  const start = { line: 1, column: 1 };
  const nowhere: Range = { file: files[0]?.name ?? '', start, end: start };
  const locateNothing = () => nowhere;
  return {
    files,
    problems,
    spec: {},
    desired: resolve({}, () => ({ file: nowhere.file, ...start })),
    readable: false,
    locate: locateNothing,
    fix: () => undefined,
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

function toProblem(
  { rule, message, hint, path, side, fix: proposal }: Omit<Mistake, 'prune' | 'echo'>,
  root: Place,
): SpecProblem {
  const fix = proposal && fixAt(root, proposal);
  const range = locate(root, path, side);
  return { rule, message, range, path, ...(hint === undefined ? {} : { hint }), ...(fix && { fix }) };
}

function missingVersion(merged: Merged, files: readonly SourceFile[]): SpecProblem[] {
  if ('version' in merged.value || merged.dropped.some((path) => path.length === 1)) return [];
  const start = { line: 1, column: 1 };
  const range: Range = { file: files[0]?.name ?? '', start, end: { line: 1, column: 2 } };
  const fix = versionFix(merged.place);
  const hint = 'add the line version: 1';
  return [
    { rule: 'version', message: 'The spec does not say its version', range, path: [], hint, ...(fix && { fix }) },
  ];
}

/** There is one version only. It goes above the first key, below the comments at the head of the file. */
function versionFix({ source, value }: Place): Fix | undefined {
  const range = rangeIn(source, [value[0], value[0]]);
  if (range.start.column !== 1 || source.text[value[0]] === '{') return undefined;
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  return { description: 'Add version: 1', edits: [{ range, text: `version: 1${lineEnd}` }] };
}

/** An alias repeats a value, and with it the value's mistakes. */
function unique(problems: readonly SpecProblem[]): SpecProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ rule, range, message }) => {
    const key = `${rule} ${range.file}:${range.start.line}:${range.start.column} ${message}`;
    return seen.size < seen.add(key).size;
  });
}
