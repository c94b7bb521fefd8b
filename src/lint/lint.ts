import { compareText } from '../model/table.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { SpecProblem } from '../spec/problem.ts';
import type { Finding } from './finding.ts';
import { READING_RULES } from './reading-rules.ts';
import type { Report, Rule } from './rule.ts';
import { RULES } from './rules.ts';

/** Everything that is wrong or unwise in a spec, by file, line, column and rule. */
export function lint(loaded: LoadedSpec): Finding[] {
  const findings = [
    ...loaded.problems.map(completeProblem),
    // What an unreadable file lacks, nobody can know.
    ...(loaded.readable ? RULES.flatMap((rule) => runRule(rule, loaded)) : []),
  ];
  return unique(findings).sort(byPlace);
}

function completeProblem(problem: SpecProblem): Finding {
  const info = READING_RULES.find(({ name }) => name === problem.rule);
  if (info === undefined) throw new Error(`No rule is called ${problem.rule}`);
  return { ...problem, rule: info.id, name: info.name, severity: info.severity };
}

function runRule(rule: Rule, loaded: LoadedSpec): Finding[] {
  return [...rule.check(loaded)].map((report) => toFinding(report, { rule, loaded }));
}

function toFinding(report: Report, { rule, loaded }: { rule: Rule; loaded: LoadedSpec }): Finding {
  const { path, side, message, hint, related } = report;
  return {
    rule: rule.id,
    name: rule.name,
    severity: rule.severity,
    message,
    range: loaded.locate(path, side),
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined
      ? {}
      : {
          related: related.map((other) => ({ range: loaded.locate(other.path, other.side), message: other.message })),
        }),
  };
}

/** A pool or a default used by several services is still written, and wrong, once. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, range, message }) => {
    const place = `${rule} ${range.file}:${range.start.line}:${range.start.column}`;
    const key = rule.startsWith('LVS0') ? `${place} ${message}` : place;
    return seen.size < seen.add(key).size;
  });
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.range.file, b.range.file) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.column - b.range.start.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}
