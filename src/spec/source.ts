import type { Range } from '../model/origin.ts';

/** The text of one spec file under the name that findings show. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Above this a file is refused before it is parsed: 8 MiB hold about 100,000 real servers. */
export const MAX_SOURCE_BYTES = 8 * 1024 * 1024;

/** Offsets into a text; the end is exclusive. */
export type Span = readonly [start: number, end: number];

/** A file with the offsets at which its lines begin. */
export interface SourceLines extends SourceFile {
  readonly lineStarts: readonly number[];
}

/** Line feeds end lines, as in YAML; a carriage return before one belongs to the line. */
export function splitLines({ name, text }: SourceFile): SourceLines {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { name, text, lineStarts };
}

/** A stretch of a file in lines and columns, cut to what there is. */
export function rangeIn(source: SourceLines, [start, end]: Span): Range {
  const from = positionIn(source, start);
  return { file: source.name, start: from, end: end <= start ? from : positionIn(source, end) };
}

/** The line and column of an offset, cut to what there is. */
export function positionIn({ lineStarts, text }: SourceLines, offset: number): Range['start'] {
  const at = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (lineStarts[low] ?? 0) + 1 };
}

/** The other way round. */
export function spanIn({ lineStarts, text }: SourceLines, { start, end }: Range): Span {
  const offset = ({ line, column }: Range['start']) =>
    Math.min((lineStarts[line - 1] ?? text.length) + column - 1, text.length);
  return [offset(start), offset(end)];
}
