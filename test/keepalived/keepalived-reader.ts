/**
 * keepalived.conf as keepalived 2.2.7 reads it (lib/parser.c), written anew for tests: what removes comments, what splits
 * at braces and what splits into words do not agree on quotes, and neither does any of them know what was meant.
 */

/** A line with its words, and the block that it opens. */
export interface ReadItem {
  readonly words: readonly string[];
  /** The line before it was split into words, for keywords that split it themselves. */
  readonly text: string;
  readonly items: readonly ReadItem[] | null;
}

const MOST_BYTES = 1022;

export function readKeepalivedConf(text: string): readonly ReadItem[] {
  const pieces = text.split('\n').flatMap((line) => {
    if (Buffer.byteLength(line) > MOST_BYTES) throw new Error(`too long: ${line}`);
    return splitAtBraces(decomment(line));
  });
  const root: ReadItem[] = [];
  const open = [root];
  for (const piece of pieces) {
    const words = wordsOf(piece);
    if (piece === '{') open.push(openBlock(open.at(-1)?.at(-1)));
    else if (words.at(-1) === '}') open.pop();
    else if (words.includes('{')) throw new Error(`a brace where none belongs: ${piece}`);
    else open.at(-1)?.push({ words, text: piece, items: null });
  }
  if (open.length !== 1) throw new Error(`${open.length - 1} blocks are not closed`);
  return root;
}

function openBlock(header: ReadItem | undefined): ReadItem[] {
  if (header === undefined || header.items !== null) throw new Error('a block without a header');
  const items: ReadItem[] = [];
  (header as { items: readonly ReadItem[] | null }).items = items;
  return items;
}

/** Cuts comments off, and refuses what has a meaning of its own at the start of a line or behind a $. */
function decomment(line: string): string {
  let isQuoted = false;
  let end = line.length;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === '\\') {
      if (at + 1 === line.length) throw new Error(`continued: ${line}`);
      at += 1;
    } else if (character === '"') isQuoted = end === line.length ? !isQuoted : isQuoted;
    else if (!isQuoted && end === line.length && (character === '#' || character === '!')) end = at;
  }
  if (isQuoted) throw new Error(`unterminated quote: ${line}`);
  const text = line.slice(0, end).replace(/^[ \t]+|[ \t]+$/g, '');
  if (/^[@~$]|^include[rmwba]?\s/.test(text)) throw new Error(`not a statement: ${text}`);
  if (/\$(?:[A-Za-z_]|\{)/.test(text)) throw new Error(`a variable: ${text}`);
  return text;
}

function splitAtBraces(line: string): string[] {
  if (line === '') return [];
  const at = /^(?:[^"{}]|"[^"]*")*/.exec(line)?.[0].length ?? 0;
  const before = line.slice(0, at).trim();
  const rest = at === line.length ? [] : [line.slice(at, at + 1), ...splitAtBraces(line.slice(at + 1).trim())];
  return [...(before === '' ? [] : [before]), ...rest];
}

/** alloc_strvec: a quote ends the word before it, and its text has no escapes. */
function wordsOf(piece: string): string[] {
  return [...piece.matchAll(/"([^"]*)"|([^\s"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** alloc_strvec_quoted_escaped: both quotes, what touches is one word, and a backslash is an escape everywhere. */
export function unescapedWords(text: string): string[] {
  const words: string[] = [];
  const pattern = /[ \t]+|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^\s'"\\]|\\.)+)/gsy;
  let isInside = false;
  let read = 0;
  for (const [whole, double, single, plain] of text.matchAll(pattern)) {
    read += whole.length;
    const part = double ?? single ?? plain;
    if (part === undefined) isInside = false;
    else {
      if (!isInside) words.push('');
      words.push((words.pop() ?? '') + unescaped(part));
      isInside = true;
    }
  }
  if (read !== text.length) throw new Error(`unmatched quote: ${text}`);
  return words;
}

function unescaped(part: string): string {
  return part.replace(/\\(?:([0-7]{1,3})|x([0-9A-Fa-f]+)|(.))/gs, (whole, octal, hex, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16) % 256);
    if (/[abEfnrtvc]/.test(other)) throw new Error(`an escape that nobody means: ${whole}`);
    return other;
  });
}
