import { compareText } from '../model/table.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Finding } from './finding.ts';
import { oncePerSpec } from './once-per-spec.ts';
import { readingFinding } from './reading-findings.ts';
import { headOf, type Report, type Rule, type RuleInfo } from './rule.ts';
import { RULES } from './rules.ts';

/** Everything that is wrong or unwise in a spec, by file, line, column and rule, whatever its authors want to hear. */
export const findAll = oncePerSpec((loaded): readonly Finding[] => {
  // What an unreadable file lacks, nobody can know.
  const found = loaded.readable ? RULES.flatMap((rule) => runRule(rule, loaded)) : [];
  return [...loaded.problems.map(readingFinding), ...found].sort(byPlace);
});

/** Nobody reads more of one rule, and a spec may have many at each of 100,000 real servers. */
const MOST_OF_A_RULE = 10_000;

/** What a rule finds, each place once: a pool or a default used by several services is still written, and wrong, once. */
function runRule(rule: Rule, loaded: LoadedSpec): Finding[] {
  const findings: Finding[] = [];
  const places = new Set<string>();
  for (const report of rule.check(loaded)) {
    const { file, start } = loaded.locate(report.path, report.side);
    if (places.size === places.add(`${file}:${start.line}:${start.column}`).size) continue;
    const finding = toFinding(report, { rule, loaded });
    if (findings.length < MOST_OF_A_RULE) findings.push(finding);
    else return [...findings.slice(0, -1), { ...finding, message: `${finding.message}; ${LIKE_IT}` }];
  }
  return findings;
}

const LIKE_IT = `there are more than ${MOST_OF_A_RULE.toLocaleString('en')} of this rule, and no more are told`;

/** What a rule has to say, with the places in lines and columns. */
export function toFinding(report: Report, { rule, loaded }: { rule: RuleInfo; loaded: LoadedSpec }): Finding {
  const { path, side, message, hint, related } = report;
  const fix = report.fix && loaded.fix(report.fix);
  return {
    ...headOf(rule),
    message,
    range: loaded.locate(path, side),
    path,
    ...(hint === undefined ? {} : { hint }),
    ...(fix && { fix }),
    ...(related === undefined
      ? {}
      : {
          related: related.map((other) => ({ range: loaded.locate(other.path, other.side), message: other.message })),
        }),
  };
}

/** The order of findings. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.range.file, b.range.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}
