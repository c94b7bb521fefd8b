import type { Range } from '../model/origin.ts';
import type { SpecProblem } from './problem.ts';
import { MAX_SOURCE_BYTES, type SourceFile } from './source.ts';

interface NotText {
  readonly pattern: RegExp;
  readonly message: string;
  readonly hint: string;
}

// YAML 1.2 §5.1 allows no control character but tab, line feed, carriage return and NEL. U+FFFD stands for bytes that are not UTF-8.
// A byte order mark (§5.2) is no letter of a text, and nobody sees it.
const NOT_CHARACTERS: NotText = {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  pattern: /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]|(?!^)\ufeff/,
  message: 'The file is not text: it holds bytes that YAML does not allow',
  hint: 'save it as UTF-8 text',
};

// YAML 1.2 §5.4 and some editors begin a line behind it; our YAML reader, and git, do not.
const LONE_RETURN: NotText = {
  pattern: /\r(?!\n)/,
  message: 'A carriage return stands here without a line feed: to some readers a line ends here, and to others not',
  hint: 'save the file with line feeds',
};

/** Why a text is not worth parsing: too large, or not text. */
export function refuseUnreadable(source: SourceFile): SpecProblem | undefined {
  const bytes = Buffer.byteLength(source.text);
  if (bytes > MAX_SOURCE_BYTES)
    return {
      rule: 'too-large',
      message: `The file has ${Math.ceil(bytes / 1048576)} MiB; at most 8 MiB are read`,
      range: characterAt(source, 0),
      hint: 'split it into several specs',
    };
  return notText(source, NOT_CHARACTERS) ?? notText(source, LONE_RETURN) ?? tooManyTokens(source);
}

function notText(source: SourceFile, { pattern, message, hint }: NotText): SpecProblem | undefined {
  const offset = source.text.search(pattern);
  return offset < 0 ? undefined : { rule: 'not-text', message, range: characterAt(source, offset), hint };
}

function characterAt(source: SourceFile, offset: number): Range {
  const before = source.text.slice(0, offset).split('\n');
  const start = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { file: source.name, start, end: { line: start.line, column: start.column + 1 } };
}

/**
 * Of a file, and of all files of a spec. A spec of so many takes some 450 MB at its worst, most of it for as long as it
 * is looked at: 100,000 real servers with nothing but an address, or 45,000 with two settings.
 */
const MAX_TOKENS = 300_000;
// Two quotes in a row are of two texts: honest ones have a comma or a line between them.
const TOKEN = /[\n,[{&*!]|[-:?][ \t]|["'][ \t]*["']/;

/** Why several files are too much together, each of which is not. */
export function refuseTogether(sources: readonly SourceFile[]): SpecProblem | undefined {
  let left = MAX_TOKENS;
  for (const source of sources) {
    const { count } = countTokens(source.text, left);
    left -= count;
    if (left < 0) return tooLarge(source, { offset: 0, what: 'The spec' });
  }
  return undefined;
}

function tooManyTokens(source: SourceFile): SpecProblem | undefined {
  const { count, offset } = countTokens(source.text, MAX_TOKENS);
  return count > MAX_TOKENS ? tooLarge(source, { offset, what: 'The file' }) : undefined;
}

function tooLarge(source: SourceFile, { offset, what }: { offset: number; what: string }): SpecProblem {
  return {
    rule: 'too-large',
    message: `${what} has more than ${MAX_TOKENS.toLocaleString('en')} lines and values; no more are read`,
    range: characterAt(source, offset),
    hint: 'split it into several specs',
  };
}

/** Stops one above the limit, and tells where. */
function countTokens(text: string, limit: number): { count: number; offset: number } {
  const token = new RegExp(TOKEN, 'g');
  let count = 0;
  while (count <= limit && token.test(text)) count++;
  return { count, offset: Math.max(0, token.lastIndex - 1) };
}
