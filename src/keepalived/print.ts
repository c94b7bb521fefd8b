import { formatOrigin } from '../model/origin.ts';
import type { Block, Item, Word } from './block.ts';
import { commandToken, token, UnsafeToken } from './token.ts';

const INDENT = '    ';

/** A block, or a line, as text. One statement a line: keepalived loses what stands behind another statement. */
export function printBlock(item: Item): string {
  return `${itemLines(item, '').join('\n')}\n`;
}

function blockLines({ words, items, origin }: Block, indent: string): string[] {
  const where = origin === undefined ? '' : ` # ${commentText(formatOrigin(origin))}`;
  return [
    line(`${indent}${words.map(printWord).join(' ')} {${where}`),
    ...items.flatMap((item) => itemLines(item, indent + INDENT)),
    `${indent}}`,
  ];
}

function itemLines(item: Item, indent: string): string[] {
  switch (item.kind) {
    case 'block':
      return blockLines(item, indent);
    case 'statement':
      return [line(indent + item.words.map(printWord).join(' '))];
    case 'raw':
      return [line(indent + item.text)];
  }
}

function printWord(word: Word): string {
  return typeof word === 'object' ? commandToken(word.command) : token(word);
}

/** keepalived reads 1023 bytes at a time, and takes the rest of a longer line for the next one (parser.c: read_line). */
function line(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  throw new UnsafeToken(`${JSON.stringify(`${text.trim().slice(0, 40)}…`)} is longer than a line of keepalived.conf`);
}

const MOST_BYTES = 1000;

/**
 * For what stands behind a #: a file's name may hold anything, and be of any length. Its end is what counts, and a
 * backslash at the end of a line would outlive the comment (parser.c: decomment).
 */
export function commentText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line feed would end the comment
  const safe = text.replace(/[\u0000-\u001f\u007f\\]/g, '?');
  return safe.length <= MOST_OF_A_COMMENT ? safe : `…${safe.slice(-MOST_OF_A_COMMENT)}`;
}

const MOST_OF_A_COMMENT = 200;
