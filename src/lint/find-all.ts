import { compareText } from '../model/table.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Finding } from './finding.ts';
import { oncePerSpec } from './once-per-spec.ts';
import { readingFinding } from './reading-findings.ts';
import { headOf, type Report, type Rule, type RuleInfo } from './rule.ts';
import { RULES } from './rules.ts';

/** Everything that is wrong or unwise in a spec, by file, line, column and rule, whatever its authors want to hear. */
export const findAll = oncePerSpec((loaded): readonly Finding[] => {
  const findings = [
    ...loaded.problems.map(readingFinding),
    // What an unreadable file lacks, nobody can know.
    ...(loaded.readable ? RULES.flatMap((rule) => runRule(rule, loaded)) : []),
  ];
  return unique(findings).sort(byPlace);
});

function runRule(rule: Rule, loaded: LoadedSpec): Finding[] {
  return [...rule.check(loaded)].map((report) => toFinding(report, { rule, loaded }));
}

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

/** A pool or a default used by several services is still written, and wrong, once. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, range, message }) => {
    const place = `${rule} ${range.file}:${range.start.line}:${range.start.column}`;
    const key = rule.startsWith('LVS0') ? `${place} ${message}` : place;
    return seen.size < seen.add(key).size;
  });
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
