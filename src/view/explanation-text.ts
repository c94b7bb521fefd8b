import { fieldName } from '../spec/fields.ts';
import { checkText } from './check-text.ts';
import { columns } from './columns.ts';
import type { ExitCodeMeaning, Explanation, Variable } from './explanation.ts';
import { fieldText } from './field-text.ts';
import { firstSentence } from './first-sentence.ts';
import type { Paint } from './paint.ts';
import { ruleText } from './rule-text.ts';
import { wrap } from './wrap.ts';

/** What there is to say of a rule, a field or a topic, for people. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  switch (explanation.topic) {
    case 'rule':
      return ruleText(explanation.rule, paint);
    case 'field':
      return fieldText(explanation, paint);
    case 'check':
      return explanation.accounts.map((account) => checkText(account, paint)).join('\n');
    case 'exit-codes':
      return `${paint('bold', 'Exit codes, the same for all verbs')}\n\n${explanation.codes.map(codeText).join('')}`;
    case 'environment':
      return `${paint('bold', 'Variables of the environment; an option of the same meaning wins')}\n\n${explanation.variables.map((variable) => variableText(variable, paint)).join('\n')}`;
    case 'topics':
      return topicsText(explanation);
  }
}

function codeText({ code, meaning }: ExitCodeMeaning): string {
  const lines = wrap(meaning, '    ');
  return `${String(code).padStart(2)}  ${lines.trimStart()}`;
}

function variableText({ name, meaning, verbs }: Variable, paint: Paint): string {
  const where = verbs.length === 0 ? '' : ` (${verbs.join(', ')})`;
  return `${paint('bold', name)}\n${wrap(`${meaning}${where}`, '  ')}`;
}

function topicsText({ sections, others }: Extract<Explanation, { topic: 'topics' }>): string {
  const rows = sections.map((section) => [`  ${fieldName(section)}`, firstSentence(section.description)]);
  return [
    wrap(
      'lvsctl explain RULE explains a rule by number or name, such as LVS102 or dr-port-mismatch; lvsctl rules lists them.',
    ),
    wrap(
      'lvsctl explain FIELD explains a section or a key of the spec, such as services.*.persistence, or services.web.persistence. The sections are:',
    ),
    columns(rows, { right: [] }),
    wrap(
      'lvsctl explain CHECK SERVICE/SERVER explains how a real server of a spec (--file) is checked, and how long a failure may stay unnoticed; without the name of a server, all of the service, without one of a service, all of the spec.',
    ),
    `${others.map((other) => `lvsctl explain ${other}`).join('\n')}\n`,
  ].join('\n');
}
