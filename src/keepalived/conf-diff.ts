import { type LineEdit, lineEdits } from './line-edits.ts';

/** How one text becomes another, with some lines around each change; a `…` stands for lines left out between two. */
export function diffLines(before: string, after: string): readonly LineEdit[] {
  const edits = lineEdits(linesOf(before), linesOf(after));
  const shown = nearChanges(edits);
  const last = edits.findLastIndex(({ mark }) => mark !== ' ');
  return edits.flatMap((edit, index) => {
    if (shown.has(index)) return [edit];
    return shown.has(index - 1) && index < last ? [GAP] : [];
  });
}

const CONTEXT = 3;
const GAP: LineEdit = { mark: ' ', text: '…' };

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function nearChanges(edits: readonly LineEdit[]): ReadonlySet<number> {
  const near = new Set<number>();
  for (const [index, { mark }] of edits.entries())
    if (mark !== ' ') for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at);
  return near;
}
