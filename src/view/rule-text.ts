import type { Severity } from '../lint/finding.ts';
import type { RuleInfo } from '../lint/rule.ts';
import { ruleLink } from '../lint/rule-link.ts';
import { columns } from './columns.ts';
import { exampleText } from './example-text.ts';
import type { Paint } from './paint.ts';
import { wrap } from './wrap.ts';

/** One rule, for people: what it is about, the harm, the mistake and the way out. */
export function ruleText({ id, name, severity, why, harm, examples, source }: RuleInfo, paint: Paint): string {
  return [
    `${paint('bold', `${id} ${name}`)} (${paint(STYLES[severity], severity)})\n${wrap(`${why}.`)}`,
    wrap(harm),
    `${paint('bold', 'Wrong')}\n${indented(exampleText(examples.bad))}`,
    `${paint('bold', 'Right')}\n${indented(exampleText(examples.good))}`,
    `${wrap(`Source: ${source}`)}${paint('dim', `More: ${ruleLink(id)}`)}\n`,
  ].join('\n');
}

/** All rules, one a line. */
export function rulesText(rules: readonly RuleInfo[]): string {
  const rows = rules.map(({ id, name, severity, why }) => [id, name, severity, why]);
  return columns([['RULE', 'NAME', 'SEVERITY', 'WHY'], ...rows], { right: [] });
}

const STYLES = { error: 'error', warning: 'warning', info: 'dim' } as const satisfies Record<
  Severity,
  Parameters<Paint>[0]
>;

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
