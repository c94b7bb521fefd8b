import { readLines, type SourceLine, type Unread } from './read-lines.ts';

/** What keepalived reads at a time: the words up to the end of a line or a brace, or a brace. */
export type Piece =
  | { readonly kind: 'words'; readonly line: number; readonly text: string }
  | { readonly kind: 'open' | 'close'; readonly line: number }
  | ({ readonly kind: 'unread' } & Unread);

/** A file as keepalived takes it apart before it looks at words: braces outside quotes end a line (parser.c: read_line). */
export function readPieces(text: string): readonly Piece[] {
  const variables = new Set<string>(PREDEFINED);
  return readLines(text).flatMap((source) => {
    const name = /^(?:@\S+[ \t]+)?\$(\w+)=/.exec(source.text)?.[1];
    const pieces = piecesOf(source, variables);
    if (name !== undefined) variables.add(name);
    return pieces;
  });
}

const PREDEFINED = ['_PWD', '_INSTANCE', '_RANDOM', '_HASH', '_BANG', '_ENV'] as const;

function piecesOf({ line, text, reason }: SourceLine, variables: ReadonlySet<string>): readonly Piece[] {
  if (reason !== undefined) return [{ kind: 'unread', line, text, reason }];
  const pieces: Piece[] = [];
  let rest = text;
  while (rest !== '') {
    const { pieces: found, length } = firstPiece(rest, { line, variables });
    pieces.push(...found);
    rest = rest.slice(length).trimStart();
  }
  return pieces;
}

function firstPiece(
  text: string,
  { line, variables }: { line: number; variables: ReadonlySet<string> },
): { pieces: readonly Piece[]; length: number } {
  const reason = whyUnread(text);
  if (reason !== undefined) return { pieces: [{ kind: 'unread', line, text, reason }], length: text.length };
  const end = braceAt(text, variables);
  if (end === 0) return { pieces: [{ kind: text.startsWith('{') ? 'open' : 'close', line }], length: 1 };
  const words = text.slice(0, end).trimEnd();
  return { pieces: [{ kind: 'words', line, text: words }, ...substitutions(words, { line, variables })], length: end };
}

/** What a text stands for that another host, other files or a loop decide. */
function whyUnread(text: string): string | undefined {
  return UNREAD.find(({ pattern }) => pattern.test(text))?.reason;
}

const UNREAD: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  { pattern: /^@/, reason: 'is for some hosts only' },
  { pattern: /^\$[A-Za-z_][A-Za-z0-9_]*=/, reason: 'defines a variable' },
  { pattern: /^~(?:SEQ|LST)/, reason: 'stands for several lines' },
  { pattern: /^include[rmwba]?\s/, reason: 'stands for other files' },
];

/** Where the first brace is that is neither in quotes nor around the name of a variable; the length where there is none. */
function braceAt(text: string, variables: ReadonlySet<string>): number {
  for (const { 0: part, 1: name, index } of text.matchAll(/"[^"]*(?:"|$)|\$\{(\w+)[^}]*\}|[{}]/g)) {
    if (part.startsWith('"') || (name !== undefined && variables.has(name))) continue;
    return name === undefined ? index : index + 1;
  }
  return text.length;
}

/** Variables are replaced in quotes too; what nobody defined stays as it stands. */
function substitutions(
  text: string,
  { line, variables }: { line: number; variables: ReadonlySet<string> },
): readonly Piece[] {
  const names = [...text.matchAll(/\$(?:\{(\w+)|(\w+)(?!\S))/g)].map(([, braced, bare]) => braced ?? bare ?? '');
  const used = names.find((name) => variables.has(name));
  return used === undefined ? [] : [{ kind: 'unread', line, text, reason: `holds the variable $${used}` }];
}
