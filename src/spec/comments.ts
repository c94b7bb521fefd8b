import { Lexer } from 'yaml';
import type { SourceFile, Span } from './source.ts';

/** Where the comments of a file stand, from `#` to the end of the line. A `#` within a value is none. */
export function commentsIn({ text }: SourceFile): readonly Span[] {
  const comments: Span[] = [];
  let offset = 0;
  let isValue = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isValue && isMark(lexeme)) isValue = lexeme === SCALAR;
    else {
      if (!isValue && lexeme.startsWith('#')) comments.push([offset, offset + lexeme.length]);
      offset += lexeme.length;
      isValue = false;
    }
  }
  return comments;
}

/** The lexer says so in front of a value. */
const SCALAR = '\u001f';

/** Marks that the lexer puts between pieces of text; no spec holds these characters (readable.ts). */
function isMark(lexeme: string): boolean {
  return lexeme === SCALAR || lexeme === '\u0002' || lexeme === '\u0018';
}
