import { compareText } from '../model/table.ts';
import type { Diagnosis, Finding, Severity, Unseen } from './finding.ts';
import type { Host, NotSeen, Report, Rule } from './rule.ts';

/** Asks every rule about a host. */
export function examine<H extends Host>(host: H, rules: readonly Rule<H>[]): Diagnosis {
  const answers = rules.flatMap((rule) => [...rule.check(host)].map((answer) => ({ rule, answer })));
  const findings = answers.flatMap(({ rule, answer }) => ('unseen' in answer ? [] : [toFinding(answer, rule)]));
  return { findings: findings.sort(byWeight), unseen: collectUnseen(answers), checks: rules.length };
}

function toFinding<H extends Host>(report: Report, { id, name, severity, why }: Rule<H>): Finding {
  const { seen, wanted, fix = [], advice = null } = report;
  return { rule: id, name, severity, seen, wanted, why: report.why ?? why, fix, advice };
}

const WEIGHT = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;

function byWeight(a: Finding, b: Finding): number {
  return WEIGHT[a.severity] - WEIGHT[b.severity] || compareText(a.rule, b.rule) || compareText(a.seen, b.seen);
}

/** One entry for each reason, however many rules it keeps from looking. */
function collectUnseen<H extends Host>(
  answers: readonly { readonly rule: Rule<H>; readonly answer: Report | NotSeen }[],
): readonly Unseen[] {
  const rules = new Map<string, Set<string>>();
  for (const { rule, answer } of answers) {
    if (!('unseen' in answer)) continue;
    rules.set(answer.unseen, (rules.get(answer.unseen) ?? new Set()).add(rule.id));
  }
  return [...rules].map(([reason, ids]) => ({ rules: [...ids].sort(compareText), reason }));
}
