import { type Piece, readPieces } from './read-pieces.ts';

/** Whether two files mean the same to keepalived: they differ in comments, blanks and line breaks around braces at most. */
export function sameConf(a: string, b: string): boolean {
  const [left, right] = [readPieces(a), readPieces(b)];
  return left.length === right.length && left.every((piece, index) => meaning(piece) === meaning(right[index]));
}

/** Quotes and escapes mean different things to different keywords, so that a text with any is compared as it stands. */
function meaning(piece: Piece | undefined): string {
  if (piece?.kind !== 'words' && piece?.kind !== 'unread') return piece?.kind ?? '';
  const text = /["'\\]/.test(piece.text) ? piece.text : piece.text.split(/\s+/).join(' ');
  return `${piece.kind} ${text}`;
}
