import { compareText } from '../model/table.ts';
import type { TextEdit } from '../spec/edit.ts';
import { keyOf } from '../spec/place.ts';
import { type SourceFile, type SourceLines, type Span, spanIn, splitLines } from '../spec/source.ts';
import type { Finding } from './finding.ts';

/** What one round of fixes makes of a spec. */
export interface FixRound {
  readonly files: readonly SourceFile[];
  /** The findings whose fixes are in it. */
  readonly fixed: readonly Finding[];
}

/**
 * Puts in the fixes of findings, as many as do not touch each other; the others get their turn when the spec has been
 * read again. A fix goes in as a whole or not at all.
 */
export function applyFixes(files: readonly SourceFile[], findings: readonly Finding[]): FixRound {
  const sources = new Map(files.map((file) => [file.name, splitLines(file)]));
  const taken: Placed[] = [];
  const fixed: Finding[] = [];
  const emptied = new Set<string>();
  for (const { finding, edits } of inOrder(findings, sources)) {
    const last = taken.at(-1);
    if (last !== undefined && edits.some((edit) => !isBehind(edit, last))) continue;
    // Two entries that leave one mapping would each count on the other to stay.
    const parent = keyOf(finding.path.slice(0, -1));
    if (edits.some(({ text }) => text === '') && emptied.size === emptied.add(parent).size) continue;
    taken.push(...edits);
    fixed.push(finding);
  }
  const byFile = Map.groupBy(taken, ({ file }) => file);
  return { files: files.map((file) => ({ ...file, text: editText(file.text, byFile.get(file.name) ?? []) })), fixed };
}

interface Placed {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

interface PlacedFix {
  readonly finding: Finding;
  readonly edits: readonly Placed[];
}

/** By where they begin, so that it takes one look at the last one to see whether two touch. */
function inOrder(findings: readonly Finding[], sources: ReadonlyMap<string, SourceLines>): readonly PlacedFix[] {
  return findings
    .flatMap((finding) => {
      const edits = (finding.fix?.edits ?? []).flatMap((edit) => place(edit, sources)).sort(byPlace);
      return edits.length === 0 ? [] : [{ finding, edits }];
    })
    .sort((a, b) => byPlace(a.edits[0], b.edits[0]));
}

function place({ range, text }: TextEdit, sources: ReadonlyMap<string, SourceLines>): Placed[] {
  const source = sources.get(range.file);
  return source === undefined ? [] : [{ file: range.file, span: spanIn(source, range), text }];
}

function byPlace(a: Placed | undefined, b: Placed | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return compareText(a.file, b.file) || a.span[0] - b.span[0] || a.span[1] - b.span[1];
}

function isBehind({ file, span }: Placed, last: Placed): boolean {
  // Two insertions at one place would not know their order.
  return file !== last.file || span[0] > last.span[1] || (span[0] === last.span[1] && last.span[0] !== last.span[1]);
}

function editText(text: string, edits: readonly Placed[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.span[0]), edit.text);
    at = edit.span[1];
  }
  return pieces.join('') + text.slice(at);
}
