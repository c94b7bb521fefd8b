import { withoutComment } from './read-comment.ts';

/** What of a file only keepalived knows the meaning of, on its own host. */
export interface Unread {
  readonly line: number;
  readonly text: string;
  /** Why it was not read: goes on after `it`. */
  readonly reason: string;
}

export interface SourceLine {
  readonly line: number;
  readonly text: string;
  /** Undefined for a line that can be read. */
  readonly reason?: string;
}

/**
 * The lines on which something stands, without comments. A line that begins the definition of a variable goes on for as
 * long as lines end in a backslash; others do not (parser.c: read_line).
 */
export function readLines(text: string): readonly SourceLine[] {
  const hasMark = text.startsWith(BYTE_ORDER_MARK);
  const lines: SourceLine[] = hasMark ? [{ line: 1, text: '', reason: 'begins with a byte order mark' }] : [];
  const sources = text.slice(hasMark ? 1 : 0).split('\n');
  let isContinued = false;
  for (const [index, raw] of sources.entries()) {
    const source = raw.replace(/\r+$/, '');
    const code = withoutComment(source);
    if (isContinued && source !== '') lines.push(joined(lines.pop(), code));
    else if (code !== '') lines.push({ line: index + 1, text: code, ...problemOf(source) });
    isContinued = source !== '' && code.endsWith('\\') && (isContinued || DEFINITION.test(code));
  }
  return lines;
}

/** `$NAME=value`, on all hosts or on one. */
const DEFINITION = /^(?:@\S+[ \t]+)?\$[A-Za-z_][A-Za-z0-9_]*=/;

function joined(before: SourceLine | undefined, code: string): SourceLine {
  return { line: before?.line ?? 0, text: `${before?.text}\n${code}` };
}

/** keepalived reads 1023 bytes at a time, the end of the line among them; what it does with the rest depends on its version. */
function problemOf(source: string): { reason?: string } {
  return Buffer.byteLength(source) > MOST_BYTES ? { reason: `is longer than the ${MOST_BYTES} bytes of a line` } : {};
}

const MOST_BYTES = 1022;

/** keepalived takes it for a part of the first word. */
const BYTE_ORDER_MARK = '\uFEFF';
