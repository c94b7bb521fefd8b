import type { SpecProblem } from '../spec/problem.ts';
import type { Finding } from './finding.ts';
import { READING_RULES } from './reading-rules.ts';
import { headOf, type RuleInfo } from './rule.ts';

/** The mistakes of reading as findings, in the order of the text. */
export function readingFindings(problems: readonly SpecProblem[]): Finding[] {
  return problems
    .map(readingFinding)
    .sort(({ range: a }, { range: b }) => a.start.line - b.start.line || a.start.column - b.start.column);
}

const READING: ReadonlyMap<string, RuleInfo> = new Map(READING_RULES.map((info) => [info.name, info]));

export function readingFinding(problem: SpecProblem): Finding {
  const info = READING.get(problem.rule);
  if (info === undefined) throw new Error(`No rule is called ${problem.rule}`);
  return { path: [], ...problem, ...headOf(info) };
}
