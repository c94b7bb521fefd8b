import { type Beside, type Collection, type Entry, isCollection, type Layout } from './layout.ts';

/** A mapping or list in braces stands on one line as long as the line is no longer than this. */
export const WIDTH = 100;

/** The text of a layout: two spaces for each level, one blank line where there were some. */
export function printLayout({ start, header, gap, root, end }: Layout): string {
  const body = isCollection(root.value) ? printRoot(root, root.value) : [];
  const top = withoutBlankStart(squeeze([...start, ...header, ...(gap ? [''] : [])]));
  return `${[...top, ...body, ...withoutBlankEnd(root.below), ...withoutBlankEnd(end)].join('\n')}\n`;
}

function printRoot(root: Entry, value: Collection): string[] {
  const above = squeeze(root.above);
  const flow = flowText(value);
  const fits = flow !== null && flow.length <= WIDTH && root.below.length === 0;
  if (value.isFlow && flow !== null && (fits || value.entries.length === 0))
    return [...above, withBeside(flow, { beside: root.beside, shift: 0 })];
  const beside = root.beside === null ? [] : [root.beside.text];
  return [...above, ...beside, ...printEntries(value, 0)];
}

function printEntries({ kind, entries }: Collection, indent: number): string[] {
  return entries.flatMap((entry, index) => {
    const lines = kind === 'map' ? printPair(entry, indent) : printItem(entry, indent);
    return index === 0 ? withoutBlankStart(lines) : lines;
  });
}

function printPair(entry: Entry, indent: number): string[] {
  const { above, value, below, props } = entry;
  const at: At = { entry, indent, head: `${' '.repeat(indent)}${entry.key}:${props === '' ? '' : ` ${props}`}` };
  const flow = fittingFlow(entry, at);
  const lines =
    flow !== null
      ? [line(`${at.head} ${flow}`, at)]
      : isCollection(value)
        ? [line(at.head, at), ...printEntries(value, indent + 2)]
        : printScalar(at);
  return [...printOwn(above, indent), ...lines, ...printOwn(below, indent + 2)];
}

function printItem(entry: Entry, indent: number): string[] {
  const { above, value, below, props, beside } = entry;
  const at: At = { entry, indent, head: `${' '.repeat(indent)}-${props === '' ? '' : ` ${props}`}` };
  const flow = fittingFlow(entry, at);
  const after = printOwn(below, indent + 2);
  if (flow !== null) return [...printOwn(above, indent), line(`${at.head} ${flow}`, at), ...after];
  if (!isCollection(value)) return [...printOwn(above, indent), ...printScalar(at), ...after];
  // An anchor beside the first key would be the key's.
  if (props !== '')
    return [...printOwn(above, indent), line(at.head, at), ...printEntries(value, indent + 2), ...after];
  const inner = printEntries(value, indent + 2);
  const first = inner.findIndex((text) => !isOwnLine(text));
  const comments = [...(beside === null ? [] : [beside.text]), ...inner.slice(0, first)].filter((text) => text !== '');
  return [
    ...printOwn([...above, ...comments.map((text) => text.trim())], indent),
    `${at.head} ${(inner[first] ?? '').slice(indent + 2)}`,
    ...inner.slice(first + 1),
    ...after,
  ];
}

function isOwnLine(text: string): boolean {
  return text === '' || text.trimStart().startsWith('#');
}

interface At {
  readonly entry: Entry;
  readonly indent: number;
  /** The line up to the value. */
  readonly head: string;
}

function printScalar(at: At): string[] {
  const { entry, indent, head } = at;
  const { value } = entry;
  if (value.kind === 'block') {
    const pad = ' '.repeat(indent + (value.indent ?? 2));
    return [line(`${head} ${value.header}`, at), ...value.lines.map((text) => (text === '' ? '' : `${pad}${text}`))];
  }
  if (value.kind !== 'text') return [line(head, at)];
  const [first, ...rest] = value.lines;
  const further = rest.map((text) => (text === '' ? '' : `${' '.repeat(indent + 2)}${text}`));
  const last = further.pop();
  if (last === undefined) return [line(`${head} ${first}`, at)];
  return [`${head} ${first}`, ...further, line(last, at)];
}

function line(text: string, { entry, indent }: At): string {
  return withBeside(text, { beside: entry.beside, shift: indent - entry.column });
}

/** A comment beside moves with its line, so that comments below one another stay so. */
function withBeside(text: string, { beside, shift }: { beside: Beside | null; shift: number }): string {
  if (beside === null) return text;
  return `${text.padEnd(beside.column + shift - 1)} ${beside.text}`;
}

/** A collection in braces on one line, if it may stand so. */
function fittingFlow({ value, above, below }: Entry, { head }: At): string | null {
  if (!isCollection(value) || !(value.isFlow || value.entries.length === 0) || below.length > 0) return null;
  const text = flowText(value);
  if (text === null || value.entries.length === 0) return text;
  return head.length + 1 + text.length <= WIDTH || isPinned(above) ? text : null;
}

/** The comment is about the next line, so what stands there stays there. */
function isPinned(above: readonly string[]): boolean {
  return /^#\s*lvsctl-disable-next-line\b/.test(above.at(-1) ?? '');
}

/** Null where a comment or a folded text needs lines of its own. */
function flowText({ kind, entries }: Collection): string | null {
  const parts = entries.map((entry) => flowEntry(entry, kind));
  if (parts.includes(null)) return null;
  if (kind === 'list') return `[${parts.join(', ')}]`;
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function flowEntry({ key, props, value, above, beside, below }: Entry, kind: Collection['kind']): string | null {
  if (beside !== null || [...above, ...below].some((text) => text !== '')) return null;
  const text = isCollection(value)
    ? flowText(value)
    : value.kind === 'none'
      ? ''
      : value.kind === 'text' && value.lines.length === 1
        ? (value.lines[0] ?? '')
        : null;
  if (text === null) return null;
  const whole = [props, text].filter((part) => part !== '').join(' ');
  if (kind === 'list') return whole;
  return whole === '' ? `${key}:` : `${key}: ${whole}`;
}

function printOwn(lines: readonly string[], indent: number): string[] {
  return squeeze(lines).map((text) => (text === '' ? '' : `${' '.repeat(indent)}${text}`));
}

/** One blank line for each run of them. */
function squeeze(lines: readonly string[]): string[] {
  return lines.filter((text, index) => text !== '' || lines[index - 1] !== '');
}

function withoutBlankStart(lines: readonly string[]): string[] {
  const first = lines.findIndex((text) => text !== '');
  return first < 0 ? [] : lines.slice(first);
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  return squeeze(lines).slice(0, lines.findLastIndex((text) => text !== '') + 1);
}
