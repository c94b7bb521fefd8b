import type { Range } from '../model/origin.ts';
import type { Home, Path, Place } from './place.ts';
import { placeAt } from './place.ts';
import { rangeIn, type SourceLines, type Span } from './source.ts';

/** A change of a spec in its own terms. */
export type SpecEdit =
  | { readonly action: 'remove'; readonly path: Path }
  | { readonly action: 'rename'; readonly path: Path; readonly name: string }
  /** Puts another single value there, as YAML text. */
  | { readonly action: 'write'; readonly path: Path; readonly text: string }
  /** The same value, as text. */
  | { readonly action: 'quote'; readonly path: Path };

/** What would put a finding right, whoever wrote it and whatever was meant. */
export interface Proposal {
  /** In the imperative, without a full stop. */
  readonly description: string;
  readonly edits: readonly SpecEdit[];
}

/** For what has no effect: without it the spec means the same. */
export function removal(path: Path): Proposal {
  return { description: 'Remove it', edits: [{ action: 'remove', path }] };
}

/** Text to put in the place of other text. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** The same as text of files: it leaves every other byte alone. */
export interface Fix {
  readonly description: string;
  readonly edits: readonly TextEdit[];
}

/** A proposal as text, or undefined where the way the spec is written leaves no safe way. */
export function fixAt(root: Place, { description, edits }: Proposal): Fix | undefined {
  const texts = edits.map((edit) => textEdits(root, edit));
  return texts.some((text) => text === undefined)
    ? undefined
    : { description, edits: texts.flatMap((text) => text ?? []) };
}

function textEdits(root: Place, edit: SpecEdit): readonly TextEdit[] | undefined {
  const { place, exact } = placeAt(root, edit.path);
  if (!exact || sharesText(place.source)) return undefined;
  if (edit.action === 'remove') return place.home === null ? undefined : removeEntry({ ...place, home: place.home });
  if (edit.action === 'rename') return [renameKey(place, edit.name)];
  return writeValue(place, edit);
}

const SHARED = new WeakMap<SourceLines, boolean>();

/** With anchors and aliases one text stands for several values, so that a change may reach further than it seems. */
function sharesText(source: SourceLines): boolean {
  // Each edit asks, and a file with 100,000 mistakes would be searched as often.
  const shares = SHARED.get(source) ?? /(?:^|[\s,[{:-])[&*][^\s,[\]{}]/m.test(source.text);
  SHARED.set(source, shares);
  return shares;
}

function renameKey({ source, key }: Place, name: string): TextEdit {
  // `{"prot":1}` is a mapping, and `{port:1}` is none.
  const quote = /^["']/.exec(source.text.slice(...key))?.[0] ?? '';
  return replace(source, { span: key, text: `${quote}${name}${quote}` });
}

function writeValue(
  { source, key, value }: Place,
  edit: Extract<SpecEdit, { action: 'write' | 'quote' }>,
): TextEdit[] | undefined {
  const seen = source.text.slice(...value);
  if (value[0] === key[0] && edit.path.at(-1) === seen) return undefined;
  // A value over several lines, or with a tag, is not what anybody writes by mistake.
  if (/[\n!|>]/.test(seen)) return undefined;
  const text = edit.action === 'quote' ? JSON.stringify(seen) : edit.text;
  return text === seen ? undefined : [replace(source, { span: value, text })];
}

interface Entry {
  readonly source: SourceLines;
  readonly home: Home;
  readonly index: number;
}

/** Takes an entry out of its mapping or list: with its lines and the comment behind it, but with no other comment. */
export function removeEntry({ source, home, index }: Entry): readonly TextEdit[] | undefined {
  if (sharesText(source)) return undefined;
  const entries = home.entries;
  const entry = entries[index];
  if (entry === undefined) return undefined;
  const around = { entry, before: entries[index - 1], after: entries[index + 1] };
  return home.isFlow ? removeFromFlow({ source, home }, around) : removeLines({ source, home }, around);
}

interface Around {
  readonly entry: Span;
  readonly before: Span | undefined;
  readonly after: Span | undefined;
}

interface Written {
  readonly source: SourceLines;
  readonly home: Home;
}

function removeFromFlow({ source, home }: Written, { entry, before, after }: Around): readonly TextEdit[] | undefined {
  const [start, end] = home.span;
  const span: Span =
    after !== undefined ? [entry[0], after[0]] : before !== undefined ? [before[1], entry[1]] : [start + 1, end - 1];
  if (!/[\n#]/.test(source.text.slice(...span))) return [replace(source, { span, text: '' })];
  const lines = wholeLines(source, { span: entry, lead: /^[ \t]*$/, trail: /^[ \t]*,?[ \t]*(#.*)?$/ });
  return lines && [replace(source, { span: lines, text: '' })];
}

function removeLines({ source, home }: Written, { entry, before, after }: Around): readonly TextEdit[] | undefined {
  const lead = home.kind === 'list' ? /^[ \t]*-[ \t]+$/ : /^[ \t]*$/;
  const lines = wholeLines(source, { span: entry, lead, trail: /^[ \t]*(#.*)?$/ });
  if (lines === undefined) return undefined;
  const cut = replace(source, { span: lines, text: '' });
  if (before !== undefined || after !== undefined) return [cut];
  // A key with nothing after it has no value; an empty mapping is one.
  const colon = home.key === null ? -1 : source.text.indexOf(':', home.key[1]);
  if (colon < 0 || colon >= lines[0]) return undefined;
  return [replace(source, { span: [colon + 1, colon + 1], text: home.kind === 'list' ? ' []' : ' {}' }), cut];
}

/** The lines that a stretch has for itself; undefined where other things, or comments within it, stand there too. */
function wholeLines(
  { text }: SourceLines,
  { span: [start, end], lead, trail }: { span: Span; lead: RegExp; trail: RegExp },
): Span | undefined {
  const content = text.slice(start, end).trimEnd();
  if (content.includes('\n') && content.includes('#')) return undefined;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', start + content.length);
  const to = lineEnd < 0 ? text.length : lineEnd;
  const rest = text.slice(start + content.length, to).replace(/\r$/, '');
  if (!lead.test(text.slice(from, start)) || !trail.test(rest)) return undefined;
  return [from, Math.min(to + 1, text.length)];
}

function replace(source: SourceLines, { span, text }: { span: Span; text: string }): TextEdit {
  return { range: rangeIn(source, span), text };
}
