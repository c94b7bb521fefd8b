import { commentsIn } from '../spec/comments.ts';
import { rangeIn, type SourceFile, type SourceLines, type Span, splitLines } from '../spec/source.ts';
import type { Range } from './finding.ts';

/** A comment that speaks to lint: `# lvsctl-disable-next-line LVS123 -- reason`. */
export interface Directive {
  readonly kind: string;
  readonly file: string;
  /** The line it speaks of. */
  readonly line: number;
  readonly range: Range;
  readonly rules: readonly DirectiveRule[];
  /** Empty where none is given. */
  readonly reason: string;
  /** What to take out to be rid of it: its line, or what stands behind the value. */
  readonly removal: Range;
}

/** A number or a name in a directive. */
export interface DirectiveRule {
  readonly word: string;
  readonly range: Range;
}

/** Every comment that speaks to lint, whether it makes sense or not. */
export function directivesIn(file: SourceFile): readonly Directive[] {
  // Taking a text apart costs as much as half of reading it, and most have none.
  if (!file.text.includes('lvsctl-')) return [];
  const source = splitLines(file);
  const nextLine = lineFinder(source);
  return commentsIn(file).flatMap((span) => readDirective(source, { span, nextLine }) ?? []);
}

const DIRECTIVE = /^#\s*lvsctl-([a-z-]+)(?![^\s])(.*?)(?:\s--(?:\s(.*))?)?$/;

function readDirective(
  source: SourceLines,
  { span: [start, end], nextLine }: { span: Span; nextLine: (line: number) => number },
): Directive | undefined {
  const match = DIRECTIVE.exec(source.text.slice(start, end).trimEnd());
  if (match === null) return undefined;
  const [, kind = '', words = '', reason = ''] = match;
  const range = rangeIn(source, [start, end]);
  const wordsAt = start + match[0].indexOf(kind) + kind.length;
  const rules = [...words.matchAll(/[^\s,]+/g)].map((word) => {
    const at = wordsAt + word.index;
    return { word: word[0], range: rangeIn(source, [at, at + word[0].length]) };
  });
  const { line } = range.start;
  const target = kind === 'disable-next-line' ? nextLine(line) : line;
  return {
    kind,
    file: source.name,
    line: target,
    range,
    rules,
    reason: reason.trim(),
    removal: removalOf(source, { start, end }),
  };
}

/** Finds the next line that says something, so that several directives may stand above each other. */
function lineFinder({ text, lineStarts }: SourceLines): (line: number) => number {
  const isSilent = (index: number) => /^\s*(#|$)/.test(text.slice(lineStarts[index], lineStarts[index + 1]).trimEnd());
  let index = 0;
  // Asked from the top down, so that no line is looked at twice.
  return (line) => {
    index = Math.max(index, line);
    while (index < lineStarts.length && isSilent(index)) index++;
    return index < lineStarts.length ? index + 1 : line;
  };
}

function removalOf(source: SourceLines, { start, end }: { start: number; end: number }): Range {
  const { text } = source;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(lineStart, start);
  if (before.trim() !== '') return rangeIn(source, [lineStart + before.trimEnd().length, end]);
  const feed = text.indexOf('\n', end);
  return rangeIn(source, [lineStart, feed < 0 ? text.length : feed + 1]);
}
