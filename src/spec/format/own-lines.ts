import type { CST } from 'yaml';
import type { Entry } from './layout.ts';

/** Where a reading of the tokens stands. */
export interface Reading {
  readonly text: string;
  /** Own lines that nothing claimed yet. */
  pending: Line[];
  /** Who gets a comment at the end of this line. */
  holder: Entry | null;
  /** Whether nothing stands on this line yet. */
  isFresh: boolean;
}

export interface Line {
  /** `''` for a blank line. */
  readonly text: string;
  readonly column: number;
}

/** Takes comments and line breaks to their places, and returns the anchors and tags among the tokens. */
export function skim(tokens: readonly CST.SourceToken[], reading: Reading): string {
  const props: string[] = [];
  for (const token of tokens) {
    if (token.type === 'comment') takeComment(token, reading);
    else if (token.type === 'newline') {
      if (reading.isFresh) reading.pending.push({ text: '', column: 0 });
      reading.isFresh = true;
    } else if (token.type !== 'space') {
      reading.isFresh = false;
      if (token.type === 'anchor' || token.type === 'tag') props.push(token.source);
    }
  }
  return props.join(' ');
}

function takeComment({ source, offset }: CST.SourceToken, reading: Reading): void {
  const column = columnOf(offset, reading);
  const { holder } = reading;
  if (reading.isFresh || holder === null) reading.pending.push({ text: source.trimEnd(), column });
  else {
    if (holder.beside !== null) holder.above.push(holder.beside.text);
    holder.beside = { text: source.trimEnd(), column };
  }
  reading.isFresh = false;
}

export function columnOf(offset: number, { text }: Reading): number {
  return offset - 1 - text.lastIndexOf('\n', offset - 1);
}

/** Comments between a key and a value that shares its line go above the key. */
export function hoist(owner: Entry, reading: Reading): void {
  owner.above.push(...reading.pending.splice(0).flatMap(({ text }) => (text === '' ? [] : [text])));
}

/** What is indented like content of the entry, and stands behind it. */
export function claimBelow(entry: Entry, { pending }: Reading): void {
  const stop = pending.findIndex(({ text, column }) => text !== '' && column <= entry.column);
  const mine = stop < 0 ? pending.length : stop;
  const lines = withoutBlankEnd(pending.slice(0, mine));
  pending.splice(0, lines.length);
  entry.below.push(...lines);
}

export function withoutBlankEnd(lines: readonly Line[]): string[] {
  return lines.slice(0, lines.findLastIndex(({ text }) => text !== '') + 1).map(({ text }) => text);
}
