import type { ParsedRoot } from './parse.ts';
import type { Path, Place } from './place.ts';
import type { SpecProblem } from './problem.ts';
import { rangeIn } from './source.ts';

/** Several files as one. */
export interface Merged extends ParsedRoot {
  readonly problems: readonly SpecProblem[];
}

/** Values that every file may repeat, as long as they are equal. */
const REPEATABLE: ReadonlySet<string> = new Set(['version', 'cluster', 'generation']);

/** Merges files by section, so that teams own files: a key of a section may stand in one file only. */
export function mergeFiles(roots: readonly ParsedRoot[]): Merged {
  const [first, ...others] = roots;
  if (first === undefined) throw new Error('There is no file to merge');
  const report: Report = { problems: [], dropped: roots.flatMap((root) => root.dropped), ours: new WeakSet() };
  let merged: Section = first;
  for (const other of others) merged = mergeSection(merged, other, { path: [], report });
  return { value: merged.value, place: merged.place, problems: report.problems, dropped: report.dropped };
}

interface Section {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

interface Report {
  readonly problems: SpecProblem[];
  readonly dropped: Path[];
  /** Sections made here, which may grow; the others belong to a file. */
  readonly ours: WeakSet<object>;
}

function mergeSection(into: Section, from: Section, { path, report }: { path: Path; report: Report }): Section {
  const isOurs = report.ours.has(into.value);
  const value: Record<string, unknown> = isOurs ? into.value : { ...into.value };
  const children = isOurs ? (into.place.children as Map<string, Place>) : new Map(into.place.children);
  report.ours.add(value);
  for (const [key, place] of from.place.children) {
    const entry = mergeEntry(
      { value: value[key], place: children.get(key) },
      { value: from.value[key], place },
      { path: [...path, key], report },
    );
    value[key] = entry.value;
    children.set(key, entry.place);
  }
  return { value, place: { ...into.place, children } };
}

interface Entry {
  readonly value: unknown;
  readonly place: Place;
}

function mergeEntry(
  present: { value: unknown; place: Place | undefined },
  given: Entry,
  { path, report }: { path: Path; report: Report },
): Entry {
  const { value, place } = present;
  if (place === undefined) return given;
  if (isMapping(value) && isMapping(given.value) && mergesByKey(path))
    return mergeSection({ value, place }, { value: given.value, place: given.place }, { path, report });
  const repeats = path.length === 1 && REPEATABLE.has(String(path[0])) && value === given.value;
  // Every file has its own relative path to the schema.
  if (!repeats && path.join() !== '$schema') {
    report.problems.push(conflict(path, { present: place, given: given.place }));
    report.dropped.push(path);
  }
  return { value, place };
}

/** Sections merge; what they hold does not. Two have a level more: `track.scripts.NAME`, `lint.rules.NAME`. */
function mergesByKey(path: Path): boolean {
  return path.length === 1 || (path.length === 2 && (path[0] === 'track' || path[0] === 'lint'));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const APART = 'make them equal; specs that have nothing to do with each other are named one by one';

function conflict(path: Path, { present, given }: { present: Place; given: Place }): SpecProblem {
  const first = rangeIn(present.source, present.key);
  const place = `${first.file}:${first.start.line}`;
  const message =
    path.length === 1 ? `${path[0]} has another value at ${place}` : `${path.join('.')} stands at ${place} as well`;
  const related = [{ range: first, message: 'the other one' }];
  return {
    rule: 'split-conflict',
    message,
    range: rangeIn(given.source, given.key),
    path,
    hint: path.length === 1 ? APART : 'keep one of them',
    related,
  };
}
