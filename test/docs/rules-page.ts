import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { BASE_SECTIONS } from '../../src/lint/example.ts';
import type { RuleInfo } from '../../src/lint/rule.ts';
import { groupRules } from '../../src/lint/rule-group.ts';
import { ruleLink } from '../../src/lint/rule-link.ts';
import { exampleText } from '../../src/view/example-text.ts';
import { codeBlock, plain, table } from './markdown.ts';

/** docs/rules.md: every rule, in the order of its number. */
export function rulesPage(): string {
  const groups = groupRules(ALL_RULES);
  return [
    '# Rules\n',
    '<!-- `npm run docs` writes this page from src/lint. -->\n',
    `\`lvsctl lint\` looks for ${ALL_RULES.length} mistakes. Each has a number that never changes its meaning. An error stops every verb that needs the spec; a warning is most likely a mistake; an info is worth knowing. \`lvsctl explain LVS102\` prints what stands here, and \`lvsctl rules\` the list.\n`,
    'The examples are run by the tests: the wrong one has this mistake and no other error or warning, the right one nothing. They show the sections that matter; what they leave out is this:\n',
    codeBlock(Object.values(BASE_SECTIONS).join('\n')),
    ...groups.flatMap(({ group, rules }) => [
      `## ${group.title}\n`,
      `${group.about}\n`,
      table(['rule', 'name', 'severity', 'why'], rules.map(row)),
      ...rules.map(section),
    ]),
  ].join('\n');
}

function row({ id, name, severity, why }: RuleInfo): readonly string[] {
  return [`[${id}](${ruleLink(id).replace(/^.*#/, '#')})`, name, severity, plain(why)];
}

function section({ id, name, severity, why, harm, examples, source }: RuleInfo): string {
  return [
    `### ${id}\n`,
    `**${name}** · ${severity} · ${plain(why)}.\n`,
    `${plain(harm)}\n`,
    'Wrong:\n',
    codeBlock(exampleText(examples.bad)),
    'Right:\n',
    codeBlock(exampleText(examples.good)),
    `Source: ${plain(source)}\n`,
  ].join('\n');
}
