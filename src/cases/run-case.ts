import { lineEdits } from '../keepalived/line-edits.ts';
import { lint } from '../lint/lint.ts';
import { refusals } from '../plan/guard.ts';
import { blockingError } from './blocking-error.ts';
import type { CaseInput, CaseMistake, CaseResult, Comparison, Expectation, Mismatch } from './case.ts';
import { compareFindings, compareHazards } from './compare-findings.ts';
import { compareHolders, compareHolds } from './compare-holders.ts';
import { compareKeepalived } from './compare-keepalived.ts';
import { compareServing } from './compare-serving.ts';
import { compareSteps } from './compare-steps.ts';
import { findMistakes } from './find-mistakes.ts';
import { planCase } from './plan-case.ts';

/** What a spec makes of a case, against what somebody expects. Pure: no kernel, no clock, the same answer everywhere. */
export function runCase(input: CaseInput): CaseResult {
  const mistakes = findMistakes(input);
  if (mistakes.length > 0) return { mistakes, mismatches: [] };
  const wanted = Object.keys(COMPARE).filter((what) => input.given.expect[what as Expectation] !== undefined);
  const broken = brokenSpec(input, wanted as Expectation[]);
  if (broken !== null) return { mistakes: [broken], mismatches: [] };
  return { mistakes: [], mismatches: wanted.flatMap((what) => mismatch(what as Expectation, input)) };
}

const COMPARE = {
  steps: compareSteps,
  hazards: (input) => compareHazards(input.given.expect.hazards ?? [], refusals(planCase(input).hazards)),
  findings: (input) => compareFindings(input.given.expect.findings ?? [], lint(input.loaded)),
  holders: compareHolders,
  holds: compareHolds,
  keepalived: compareKeepalived,
  serving: compareServing,
} as const satisfies Record<Expectation, (input: CaseInput) => Comparison>;

/** What a spec with errors would do, nobody can say; that it has them can be expected. */
function brokenSpec({ loaded }: CaseInput, wanted: readonly Expectation[]): CaseMistake | null {
  const asked = wanted.find((what) => what !== 'findings');
  const error = blockingError(loaded);
  if (asked === undefined || error === undefined) return null;
  const { file, start } = error.range;
  const message = `The spec has errors, so there is nothing to say about ${asked}: ${file}:${start.line}: ${error.message}`;
  return { path: ['expect', asked], message };
}

function mismatch(what: Expectation, input: CaseInput): Mismatch[] {
  const { expected, seen } = COMPARE[what](input);
  const edits = lineEdits(expected, seen);
  return edits.every(({ mark }) => mark === ' ') ? [] : [{ what, edits }];
}
