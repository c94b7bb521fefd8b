import { loadSpec } from '../spec/load.ts';
import type { SourceFile } from '../spec/source.ts';
import { applyFixes } from './apply-fixes.ts';
import type { Finding } from './finding.ts';

/** Each round leaves at least one finding less; a spec that wants more of them gets the rest with the next run. */
const MAX_ROUNDS = 100;

/** Puts in every fix there is, and those that come to light by it. */
export function fixAll(
  files: readonly SourceFile[],
  findingsOf: (files: readonly SourceFile[]) => readonly Finding[],
): { readonly files: readonly SourceFile[]; readonly fixed: number } {
  // A text that was there before would come again for ever.
  const seen = new Set([textOf(files)]);
  let current = files;
  let fixed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = applyFixes(current, findingsOf(current));
    const text = textOf(next.files);
    if (seen.has(text) || !isAsReadable(next.files, current)) break;
    seen.add(text);
    current = next.files;
    fixed += next.fixed.length;
  }
  return { files: current, fixed };
}

function textOf(files: readonly SourceFile[]): string {
  return files.map(({ text }) => text).join('\0');
}

/** A fix that breaks the text would be a mistake of ours, and nobody's file should pay for it. */
function isAsReadable(files: readonly SourceFile[], before: readonly SourceFile[]): boolean {
  return loadSpec(files).readable || !loadSpec(before).readable;
}
