import type { CST } from 'yaml';
import type { Value } from './layout.ts';

/** A text after `|` or `>`, whose lines may move sideways together. */
export function readBlockText({ props, source, indent: parent }: CST.BlockScalar): Value & { kind: 'block' } {
  const header = props
    .map((token) => ('source' in token && token.type === 'block-scalar-header' ? token.source : ''))
    .join('');
  const digit = /[1-9]/.exec(header)?.[0];
  const indent = digit === undefined ? null : Number(digit);
  const lines = source.split(/\r?\n/);
  const width = indent === null ? indentOf(lines) : parent + indent;
  const shifted = lines.map((line) => line.slice(Math.min(width, line.length)));
  // The text ends with a line break, after which nothing comes but indentation.
  if (shifted.at(-1) === '' && (lines.at(-1) === '' || lines.some(hasContent))) shifted.pop();
  return { kind: 'block', header, lines: header.includes('+') ? shifted : withoutBlankEnd(shifted), indent };
}

function hasContent(line: string): boolean {
  return /[^ ]/.test(line);
}

/** That of the first line with more than spaces; where no line has more, all there is is indentation. */
function indentOf(lines: readonly string[]): number {
  const first = lines.find(hasContent);
  return first === undefined ? Math.max(...lines.map(({ length }) => length)) : first.search(/[^ ]/);
}

/** Without `+` the blank lines at the end are not part of the text. */
function withoutBlankEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
