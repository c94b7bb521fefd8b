import type { Unread } from './read-lines.ts';
import { type Piece, readPieces } from './read-pieces.ts';
import { hasOpenQuote, readWords } from './read-words.ts';

/** One line, or an item of a block such as virtual_ipaddress. */
export interface ReadStatement {
  readonly kind: 'statement';
  readonly words: readonly string[];
  readonly line: number;
  /** As it stands, with its quotes: commands and regular expressions have quotes and escapes of their own. */
  readonly text: string;
}

export interface ReadBlock {
  readonly kind: 'block';
  readonly words: readonly string[];
  readonly items: readonly ReadItem[];
  readonly line: number;
}

export type ReadItem = ReadStatement | ReadBlock;

/** A keepalived.conf as keepalived itself takes it apart, whatever its keywords mean. */
export interface ReadConf {
  readonly items: readonly ReadItem[];
  /** What was not read, in the order of the file; blocks that are not closed come last. */
  readonly unread: readonly Unread[];
}

/** A block that is being read. */
interface Frame {
  readonly line: number;
  readonly words: readonly string[];
  readonly items: ReadItem[];
}

export function readConf(text: string): ReadConf {
  const unread: Unread[] = [];
  const frames: Frame[] = [{ line: 0, words: [], items: [] }];
  for (const piece of readPieces(text)) unread.push(...takePiece(piece, frames));
  const open = frames.slice(1);
  while (frames.length > 1) close(frames);
  return { items: frames[0]?.items ?? [], unread: [...unread, ...open.map(neverClosed)] };
}

/** Puts a piece where it belongs; what does not belong anywhere comes back. */
function takePiece(piece: Piece, frames: Frame[]): Unread[] {
  const items = frames.at(-1)?.items ?? [];
  switch (piece.kind) {
    case 'unread':
      return [{ line: piece.line, text: piece.text, reason: piece.reason }];
    case 'words': {
      const { line, text } = piece;
      items.push({ kind: 'statement', words: readWords(text), line, text });
      return hasOpenQuote(text) ? [{ line, text, reason: 'has a quote that is not closed' }] : [];
    }
    case 'open': {
      const last = items.at(-1);
      if (last?.kind !== 'statement') return [{ line: piece.line, text: '{', reason: 'has no keyword before it' }];
      items.pop();
      frames.push({ line: last.line, words: last.words, items: [] });
      return [];
    }
    case 'close':
      if (frames.length > 1) close(frames);
      else return [{ line: piece.line, text: '}', reason: 'closes nothing' }];
      return [];
  }
}

function close(frames: Frame[]): void {
  const frame = frames.pop();
  if (frame !== undefined) frames.at(-1)?.items.push({ kind: 'block', ...frame });
}

function neverClosed({ line, words }: Frame): Unread {
  return { line, text: words.join(' '), reason: 'is not closed' };
}
