import type { CaseResult } from '../../cases/case.ts';
import type { Range } from '../../model/origin.ts';

/** One test case with what came of it and where it is written. */
export interface CaseReport extends CaseResult {
  readonly name: string;
  readonly range: Range;
  /** Of each mistake, in the same order. */
  readonly mistakeRanges: readonly Range[];
}

export function passed({ mistakes, mismatches }: CaseResult): boolean {
  return mistakes.length === 0 && mismatches.length === 0;
}
