import { CST, Parser } from 'yaml';
import { type Entry, isCollection, type Layout, type Value } from './layout.ts';
import { readBlockText } from './block-text.ts';
import { claimBelow, columnOf, hoist, type Reading, skim, withoutBlankEnd } from './own-lines.ts';
import { splitHeader } from './split-header.ts';

/**
 * Reads a text that the YAML reader takes into its layout. Works on the tokens, in which every comment has its place;
 * the nodes above them lose some.
 */
export function readLayout(text: string): Layout {
  const reading: Reading = { text, pending: [], holder: null, isFresh: true };
  const start: string[] = [];
  const end: string[] = [];
  const root = newEntry({ key: null, step: '', column: -1 }, reading);
  Object.assign(reading, { holder: null, isFresh: true });
  for (const token of new Parser().parse(text)) {
    if (token.type === 'document') readDocument(token, { root, start, reading });
    else if (token.type === 'directive') start.push(token.source);
    else if (token.type === 'doc-end') readEnd(token, { end, reading });
    else skim([token as CST.SourceToken], reading);
  }
  const first = isCollection(root.value) ? root.value.entries[0] : undefined;
  (end.length > 0 ? end : root.below).push(...reading.pending.map(({ text: line }) => line));
  return { start, ...splitHeader(first, start), root, end };
}

function readDocument(
  document: CST.Document,
  { root, start, reading }: { root: Entry; start: string[]; reading: Reading },
): void {
  const marker = document.start.find(({ type }) => type === 'doc-start');
  const before = reading.pending.splice(0);
  root.props = skim(document.start, reading);
  // A comment after `---` is about the file.
  const onMarker = root.beside === null ? '' : ` ${root.beside.text}`;
  root.beside = null;
  if (marker !== undefined)
    start.push(...before.map(({ text }) => text), `---${root.props === '' ? '' : ` ${root.props}`}${onMarker}`);
  else reading.pending.unshift(...before);
  root.props = '';
  if (document.value) root.value = readValue(document.value, root, reading);
  skim(document.end ?? [], reading);
}

function readEnd(token: CST.DocumentEnd, { end, reading }: { end: string[]; reading: Reading }): void {
  end.push(...reading.pending.splice(0).map(({ text }) => text), '...');
  reading.holder = null;
  reading.isFresh = false;
  skim(token.end ?? [], reading);
}

/** An entry that begins here, with what stands above it. */
function newEntry(
  { key, step, column }: { key: string | null; step: string | number; column: number },
  reading: Reading,
): Entry {
  const above = reading.pending.splice(0).map(({ text }) => text);
  const value = { kind: 'none' } as const;
  const entry: Entry = { above, key, step, props: '', value, beside: null, below: [], column, hasAnchor: false };
  reading.holder = entry;
  reading.isFresh = false;
  return entry;
}

function readValue(token: CST.Token, owner: Entry, reading: Reading): Value {
  switch (token.type) {
    case 'block-map':
      return { kind: 'map', isFlow: false, entries: token.items.flatMap((item) => readPair(item, reading) ?? []) };
    case 'block-seq':
      return {
        kind: 'list',
        isFlow: false,
        entries: token.items.flatMap((item, at) => readItem(item, at, reading) ?? []),
      };
    case 'flow-collection':
      return readFlow(token, owner, reading);
    case 'block-scalar':
      hoist(owner, reading);
      skim(token.props as CST.SourceToken[], reading);
      reading.isFresh = true;
      return takeBlockText(token, reading);
    default:
      return readText(token as CST.FlowScalar, owner, reading);
  }
}

function takeBlockText(token: CST.BlockScalar, reading: Reading): Value {
  const value = readBlockText(token);
  // Blank lines that are not part of the text set it apart from what follows.
  if (!value.header.includes('+') && /\n[ \t\r]*\n[ \t]*$/.test(token.source))
    reading.pending.push({ text: '', column: 0 });
  return value;
}

function readText(token: CST.FlowScalar, owner: Entry, reading: Reading): Value {
  hoist(owner, reading);
  reading.isFresh = false;
  // What leads a further line is indentation; what trails one in double quotes may be an escaped space.
  const lines = token.source
    .split(/\r?\n/)
    .map((line) => (token.type === 'double-quoted-scalar' ? line : line.replace(/[ \t]+$/, '')));
  skim(token.end ?? [], reading);
  if (token.type === 'alias') owner.hasAnchor = true;
  // `{ a:, b: 1 }`
  if (token.source === '') return { kind: 'none' };
  return { kind: 'text', lines: lines.map((line, index) => (index === 0 ? line : line.replace(/^[ \t]+/, ''))) };
}

function readPair(item: CST.CollectionItem, reading: Reading): Entry | undefined {
  const props = skim(item.start, reading);
  if (item.key == null && item.sep === undefined) return undefined;
  const source = item.key == null ? '' : keyText(item.key as CST.FlowScalar);
  const key = props === '' ? source : `${props} ${source}`;
  const anchor = item.start.find(({ type }) => type === 'anchor' || type === 'tag');
  const column = columnOf(anchor?.offset ?? item.key?.offset ?? reading.text.length, reading);
  const entry = newEntry({ key, step: stepOf(item.key), column }, reading);
  skim((item.key as CST.FlowScalar | null)?.end ?? [], reading);
  finish(entry, { props: skim(item.sep ?? [], reading), item, reading });
  entry.hasAnchor ||= props !== '';
  return entry;
}

function readItem(item: CST.CollectionItem, step: number, reading: Reading): Entry | undefined {
  const dash = item.start.findIndex(({ type }) => type === 'seq-item-ind');
  skim(item.start.slice(0, dash < 0 ? item.start.length : dash), reading);
  if (dash < 0) return undefined;
  const entry = newEntry({ key: null, step, column: columnOf(item.start[dash]?.offset ?? 0, reading) }, reading);
  return finish(entry, { props: skim(item.start.slice(dash), reading), item, reading });
}

function finish(
  entry: Entry,
  { props, item, reading }: { props: string; item: CST.CollectionItem; reading: Reading },
): Entry {
  entry.props = props;
  if (item.value) entry.value = readValue(item.value, entry, reading);
  entry.hasAnchor ||= props !== '' || (isCollection(entry.value) && entry.value.entries.some((one) => one.hasAnchor));
  const { value } = entry;
  // What is indented like content, and is none, stays where content would be.
  if (value.kind === 'none' || (isCollection(value) && !value.isFlow)) claimBelow(entry, reading);
  return entry;
}

function readFlow(token: CST.FlowCollection, owner: Entry, reading: Reading): Value {
  const kind = token.start.type === 'flow-map-start' ? 'map' : 'list';
  hoist(owner, reading);
  reading.holder = owner;
  skim([token.start], reading);
  const entries = token.items.flatMap((item, at) => readFlowItem(item, { kind, at, reading }) ?? []);
  // What stands alone between the braces has nothing to stand below.
  if (entries.length === 0) hoist(owner, reading);
  else owner.below.push(...withoutBlankEnd(reading.pending.splice(0)));
  reading.holder = owner;
  skim(token.end, reading);
  return { kind, isFlow: true, entries };
}

function readFlowItem(
  item: CST.CollectionItem,
  { kind, at, reading }: { kind: 'map' | 'list'; at: number; reading: Reading },
): Entry | undefined {
  if (kind === 'map') return readPair(item, reading);
  const isPair = item.sep !== undefined;
  const props = isPair ? '' : skim(item.start, reading);
  if (!isPair && item.value === undefined && props === '') return undefined;
  if (isPair)
    skim(
      item.start.filter(({ type }) => type !== 'anchor' && type !== 'tag'),
      reading,
    );
  const entry = newEntry({ key: null, step: at, column: columnOf(item.value?.offset ?? 0, reading) }, reading);
  if (!isPair) return finish(entry, { props, item, reading });
  // `[a: 1]` is a list of one mapping.
  const start = item.start.filter(({ type }) => type === 'anchor' || type === 'tag');
  const pair = readPair({ ...item, start }, reading);
  entry.value = { kind: 'map', isFlow: true, entries: pair === undefined ? [] : [pair] };
  entry.hasAnchor = pair?.hasAnchor ?? false;
  return entry;
}

function stepOf(key: CST.Token | null | undefined): string {
  if (key?.type === 'alias') return `*${key.source}`;
  return CST.isScalar(key) ? (CST.resolveAsScalar(key)?.value ?? '') : '';
}

/** In braces a key may be folded; elsewhere it stands on one line, where it must not look like a mark of the document. */
function keyText(key: CST.FlowScalar): string {
  return /\n|^%|^(---|\.\.\.)(\s|$)/.test(key.source) ? JSON.stringify(stepOf(key)) : key.source;
}
