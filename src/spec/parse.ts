import { type Alias, isAlias, isMap, isPair, isSeq, type Node, type Scalar } from 'yaml';
import type { YAMLMap, YAMLSeq } from 'yaml';
import type { Range } from '../model/origin.ts';
import { compose } from './compose.ts';
import type { Home, Path, Place } from './place.ts';
import { MOST_PROBLEMS, type SpecProblem, tooManyProblems } from './problem.ts';
import { readKey } from './read-key.ts';
import { refuseUnreadable } from './readable.ts';
import { rangeIn, type SourceFile, type SourceLines, type Span, splitLines } from './source.ts';
import { type RangeOf, syntaxProblems } from './syntax-problem.ts';
import { bareIpv6In } from './unquoted-ipv6.ts';

/** One file as plain data with places; no `root` when the text cannot be read as one mapping. */
export interface ParsedSource {
  readonly problems: readonly SpecProblem[];
  readonly root?: ParsedRoot;
}

export interface ParsedRoot {
  readonly value: Readonly<Record<string, unknown>>;
  readonly place: Place;
  /** Values left out because of a problem, so that nobody reports them as missing. */
  readonly dropped: readonly Path[];
}

/** Values that aliases may add to a file: enough for every honest use, and harmless (a "billion laughs" has 10^9). */
const MAX_ALIASED_VALUES = 100_000;

/** Reads the YAML text of one file. */
export function parseSource(source: SourceFile): ParsedSource {
  const refused = refuseUnreadable(source);
  if (refused !== undefined) return { problems: [refused] };
  const { contents, version, faults } = compose(source.text);
  const lines = splitLines(source);
  const rangeOf: RangeOf = (start, end) => rangeIn(lines, [start, end]);
  const errors = syntaxProblems(faults, source.text, rangeOf);
  if (errors.length > 0) return { problems: errors };
  if (version === '1.1') return { problems: [refuseOldYaml(rangeOf(0, 1))] };
  return parseRoot(contents, lines);
}

function parseRoot(contents: Node | null, source: SourceLines): ParsedSource {
  const walk: Walk = { source, problems: [], dropped: [], path: [], anchors: new Map(), aliased: 0, fatal: false };
  const { value, place } = build(contents, { walk, key: START, home: null, index: 0 });
  if (walk.fatal) return { problems: walk.problems };
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return {
      problems: walk.problems,
      root: { value: value as Record<string, unknown>, place, dropped: walk.dropped },
    };
  const seen = value === null ? 'The file is empty' : `The file holds ${Array.isArray(value) ? 'a list' : 'one value'}`;
  const message = `${seen}; a spec is a mapping of sections`;
  const hint = 'begin with version: 1, or with lvsctl init';
  return { problems: [{ rule: 'not-a-mapping', message, range: rangeIn(source, START), hint }] };
}

/** Something of every file, for what has no place of its own. */
export const START: Span = [0, 1];

export interface Walk {
  readonly source: SourceLines;
  readonly problems: SpecProblem[];
  readonly dropped: Path[];
  /** Of the value that is being built. */
  readonly path: (string | number)[];
  /** Null while the anchored value is being built. */
  readonly anchors: Map<string, Built | null>;
  aliased: number;
  fatal: boolean;
}

interface Built {
  readonly value: unknown;
  readonly place: Place;
  /** Values in it, itself included. */
  readonly size: number;
}

export interface At {
  readonly walk: Walk;
  readonly key: Span;
  readonly home: Home | null;
  readonly index: number;
}

const NO_CHILDREN: ReadonlyMap<string, Place> = new Map();

export function report(walk: Walk, problem: SpecProblem): void {
  if (walk.fatal) return;
  walk.problems.push(problem);
  if (walk.problems.length < MOST_PROBLEMS) return;
  walk.problems.push(tooManyProblems(rangeIn(walk.source, START)));
  walk.fatal = true;
}

function build(node: Node | null, at: At): Built {
  if (node === null || at.walk.fatal)
    return { value: null, place: placeOf(null, { at, children: NO_CHILDREN }), size: 1 };
  if (isAlias(node)) return buildAlias(node, at);
  const anchor = (node as { anchor?: string }).anchor;
  if (anchor !== undefined) at.walk.anchors.set(anchor, null);
  const built = isMap(node) ? buildMap(node, at) : isSeq(node) ? buildList(node, at) : buildScalar(node as Scalar, at);
  if (anchor !== undefined) at.walk.anchors.set(anchor, built);
  return built;
}

function buildAlias(alias: Alias, at: At): Built {
  const { walk } = at;
  const target = walk.anchors.get(alias.source);
  if (target) walk.aliased += target.size;
  const message =
    target === undefined
      ? `*${alias.source} refers to an anchor that is not set before it`
      : target === null
        ? `*${alias.source} refers to the value it stands in`
        : walk.aliased > MAX_ALIASED_VALUES
          ? `Aliases repeat more than ${MAX_ALIASED_VALUES.toLocaleString('en')} values`
          : undefined;
  if (message !== undefined && !walk.fatal) {
    const rule = target === undefined ? 'yaml-syntax' : 'alias-limit';
    report(walk, { rule, message, range: rangeIn(walk.source, spanOf(alias)) });
    walk.fatal = true;
  }
  if (!target || walk.fatal) return build(null, at);
  return { ...target, place: placeOf(alias, { at, children: target.place.children }) };
}

function buildScalar(scalar: Scalar, at: At): Built {
  // YAML drops leading zeros, but 010 is octal elsewhere: as text it is refused with the reason.
  const leadingZero = typeof scalar.value === 'number' && /^[-+]?0[0-9]/.test(scalar.source ?? '');
  const value = leadingZero ? scalar.source : scalar.value;
  return { value, place: placeOf(scalar, { at, children: NO_CHILDREN }), size: 1 };
}

function buildList(list: YAMLSeq, at: At): Built {
  const children = new Map<string, Place>();
  const home = homeOf(list, at);
  let size = 1;
  const value = list.items.map((item, index) => {
    const node = item as Node | null;
    const { walk } = at;
    walk.path.push(index);
    const built = build(node, { walk, key: spanOf(node), home, index });
    walk.path.pop();
    children.set(String(index), built.place);
    size += built.size;
    return built.value;
  });
  return { value, place: placeOf(list, { at, children }), size };
}

function buildMap(map: YAMLMap, at: At): Built {
  const bare = bareIpv6In(map, at.walk.source);
  if (bare !== undefined) {
    report(at.walk, bare.problem);
    return { value: bare.address, place: placeOf(map, { at, children: NO_CHILDREN }), size: 1 };
  }
  const value: Record<string, unknown> = {};
  const children = new Map<string, Place>();
  const home = homeOf(map, at);
  let size = 1;
  for (const [index, pair] of map.items.entries()) {
    const node = pair.key as Node | null;
    const key = readKey(node, { at, map, children, home, index });
    const { walk } = at;
    walk.path.push(key ?? '');
    // Where the key is left out, too: what is below it may be no YAML, or be meant by an alias.
    const built = build(pair.value as Node | null, { walk, key: spanOf(node), home, index });
    // Values and places take as much memory as the nodes: there is no need for both of a whole file.
    pair.value = null;
    walk.path.pop();
    if (key === undefined) continue;
    value[key] = built.value;
    children.set(key, built.place);
    size += built.size;
  }
  return { value, place: placeOf(map, { at, children }), size };
}

function homeOf(node: YAMLMap | YAMLSeq, { key, home }: At): Home {
  return {
    kind: isMap(node) ? 'mapping' : 'list',
    isFlow: node.flow === true,
    span: spanOf(node),
    key: home?.kind === 'mapping' ? key : null,
    // As numbers: the nodes may go.
    entries: node.items.map(entrySpan),
  };
}

function entrySpan(item: unknown): Span {
  if (!isPair(item)) return spanOf(item as Node | null);
  const key = spanOf(item.key as Node | null);
  const value = item.value as Node | null;
  return value === null ? key : [key[0], Math.max(key[1], spanOf(value)[1])];
}

function placeOf(node: Node | null, { at, children }: { at: At; children: ReadonlyMap<string, Place> }): Place {
  const { walk, key, home, index } = at;
  const span = node?.range ?? key;
  // `port:` with nothing after it has a value of no length.
  return { source: walk.source, key, value: span[0] === span[1] ? key : spanOf(node), children, home, index };
}

/** The reader's own array, which has one number more: every value of a spec has two. */
export function spanOf(node: Node | null): Span {
  return (node?.range as unknown as Span | null | undefined) ?? START;
}

function refuseOldYaml(range: Range): SpecProblem {
  const message = 'The file asks for YAML 1.1, where yes is true and 010 is 8; a spec is YAML 1.2';
  return { rule: 'yaml-syntax', message, range, hint: 'remove the %YAML line' };
}
