import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { YAMLMap, YAMLSeq } from 'yaml';
import { parseAddress } from '../model/address.ts';
import type { Range } from '../model/origin.ts';
import type { Path, Place } from './place.ts';
import type { SpecProblem } from './problem.ts';
import { refuseUnreadable } from './readable.ts';
import type { SourceFile } from './source.ts';
import { type RangeOf, syntaxProblems, unquotedIpv6 } from './syntax-problem.ts';

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
  const lines = new LineCounter();
  // Duplicate keys are looked for below: the library compares every pair of keys, which takes minutes for 8 MiB of them.
  const options = { lineCounter: lines, uniqueKeys: false, merge: false, prettyErrors: false, version: '1.2' } as const;
  const document = parseDocument(source.text, options);
  const rangeOf: RangeOf = (start, end) => rangeBetween(source, lines, { start, end });
  const errors = syntaxProblems([...document.errors, ...document.warnings], source.text, rangeOf);
  if (errors.length > 0) return { problems: errors };
  if (document.directives?.yaml.version === '1.1') return { problems: [refuseOldYaml(rangeOf(0, 1))] };
  return parseRoot(document.contents, rangeOf);
}

function parseRoot(contents: Node | null, rangeOf: RangeOf): ParsedSource {
  const walk: Walk = { rangeOf, problems: [], dropped: [], anchors: new Map(), aliased: 0, fatal: false };
  const { value, place } = build(contents, { walk, path: [], key: rangeOf(0, 1) });
  if (walk.fatal) return { problems: walk.problems };
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    return {
      problems: walk.problems,
      root: { value: value as Record<string, unknown>, place, dropped: walk.dropped },
    };
  const seen = value === null ? 'The file is empty' : `The file holds ${Array.isArray(value) ? 'a list' : 'one value'}`;
  const message = `${seen}; a spec is a mapping of sections`;
  const hint = 'begin with version: 1, or with lvsctl init';
  return { problems: [{ rule: 'not-a-mapping', message, range: rangeOf(0, 1), hint }] };
}

interface Walk {
  readonly rangeOf: RangeOf;
  readonly problems: SpecProblem[];
  readonly dropped: Path[];
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

interface At {
  readonly walk: Walk;
  readonly path: Path;
  readonly key: Range;
}

const NO_CHILDREN: ReadonlyMap<string, Place> = new Map();

function build(node: Node | null, at: At): Built {
  if (node === null)
    return { value: null, place: { key: () => at.key, value: () => at.key, children: NO_CHILDREN }, size: 1 };
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
    walk.problems.push({ rule, message, range: rangeOfNode(alias, walk) });
    walk.fatal = true;
  }
  if (!target || walk.fatal) return build(null, at);
  const place = { key: () => at.key, value: () => rangeOfNode(alias, walk), children: target.place.children };
  return { ...target, place };
}

function buildScalar(scalar: Scalar, at: At): Built {
  // YAML drops leading zeros, but 010 is octal elsewhere: as text it is refused with the reason.
  const leadingZero = typeof scalar.value === 'number' && /^[-+]?0[0-9]/.test(scalar.source ?? '');
  const value = leadingZero ? scalar.source : scalar.value;
  return { value, place: placeOf(scalar, { at, children: NO_CHILDREN }), size: 1 };
}

function buildList(list: YAMLSeq, at: At): Built {
  const children = new Map<string, Place>();
  let size = 1;
  const value = list.items.map((item, index) => {
    const built = build(item as Node | null, {
      ...at,
      path: [...at.path, index],
      key: rangeOfNode(item as Node, at.walk),
    });
    children.set(String(index), built.place);
    size += built.size;
    return built.value;
  });
  return { value, place: placeOf(list, { at, children }), size };
}

function buildMap(map: YAMLMap, at: At): Built {
  const address = unquotedAddress(map);
  if (address !== undefined) {
    at.walk.problems.push(unquotedIpv6(address, rangeOfNode(map, at.walk)));
    return { value: address, place: placeOf(map, { at, children: NO_CHILDREN }), size: 1 };
  }
  const value: Record<string, unknown> = {};
  const children = new Map<string, Place>();
  let size = 1;
  for (const pair of map.items) {
    const key = readKey(pair.key as Node | null, { at, map, children });
    if (key === undefined) continue;
    const built = build(pair.value as Node | null, {
      ...at,
      path: [...at.path, key],
      key: rangeOfNode(pair.key as Node, at.walk),
    });
    value[key] = built.value;
    children.set(key, built.place);
    size += built.size;
  }
  return { value, place: placeOf(map, { at, children }), size };
}

/** In a list YAML reads `2001:db8::` as a mapping of `2001:db8:` to nothing. */
function unquotedAddress(map: YAMLMap): string | undefined {
  const only = map.items.length === 1 ? map.items[0] : undefined;
  if (only === undefined || only.value !== null || !isScalar(only.key) || only.key.type !== 'PLAIN') return undefined;
  const text = `${only.key.source}:`;
  return text.endsWith('::') && parseAddress(text) !== undefined ? text : undefined;
}

interface MapUnderWay {
  readonly at: At;
  readonly map: YAMLMap;
  readonly children: ReadonlyMap<string, Place>;
}

/** The text of a key, or undefined when the pair is to be left out, which is then reported. */
function readKey(key: Node | null, { at, map, children }: MapUnderWay): string | undefined {
  const { walk, path } = at;
  const range = key === null ? rangeOfNode(map, walk) : rangeOfNode(key, walk);
  const text = isScalar(key) && key.value !== null ? (key.source ?? String(key.value)) : undefined;
  const problem =
    text === undefined ? KEY_NOT_TEXT : text === '<<' ? MERGE_KEY : text === '__proto__' ? RESERVED : undefined;
  const first = text === undefined ? undefined : children.get(text);
  if (problem === undefined && first === undefined) return text;
  walk.dropped.push([...path, text ?? '']);
  if (problem !== undefined) walk.problems.push({ ...problem, range });
  else if (first !== undefined)
    walk.problems.push({
      rule: 'duplicate-key',
      message: `"${text}" stands here a second time`,
      range,
      hint: `the first one is on line ${first.key().start.line}`,
      related: [{ range: first.key(), message: 'the first one' }],
    });
  return undefined;
}

const KEY_NOT_TEXT = {
  rule: 'yaml-syntax',
  message: 'A key is a single word; this one is empty, a list or a mapping',
} as const;
const RESERVED = { rule: 'invalid-name', message: '"__proto__" cannot be a name' } as const;
const MERGE_KEY = {
  rule: 'merge-key',
  message: 'YAML merge keys (<<) are not read',
  hint: 'use defaults, a pool, or an alias for a whole value',
} as const;

function placeOf(node: Node, { at, children }: { at: At; children: ReadonlyMap<string, Place> }): Place {
  // `port:` with nothing after it has a value of no length.
  const empty = node.range != null && node.range[0] === node.range[1];
  return { key: () => at.key, value: () => (empty ? at.key : rangeOfNode(node, at.walk)), children };
}

function rangeOfNode(node: Node | null, walk: Walk): Range {
  const [start, end] = node?.range ?? [0, 1];
  return walk.rangeOf(start, end);
}

function refuseOldYaml(range: Range): SpecProblem {
  const message = 'The file asks for YAML 1.1, where yes is true and 010 is 8; a spec is YAML 1.2';
  return { rule: 'yaml-syntax', message, range, hint: 'remove the %YAML line' };
}

function rangeBetween(source: SourceFile, lines: LineCounter, span: { start: number; end: number }): Range {
  const clamp = (offset: number) => {
    const { line, col } = lines.linePos(Math.max(0, Math.min(offset, source.text.length)));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return { file: source.name, start: clamp(span.start), end: clamp(Math.max(span.end, span.start)) };
}
