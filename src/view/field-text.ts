import type { RuleInfo } from '../lint/rule.ts';
import { type Field, fieldName } from '../spec/fields.ts';
import { columns } from './columns.ts';
import { firstSentence } from './first-sentence.ts';
import { flow } from './flow.ts';
import type { Paint } from './paint.ts';
import { wrap } from './wrap.ts';

/** One field of the spec, for people: what it means, what may stand there, its keys, and the rules about it. */
export function fieldText(
  { field, rules }: { readonly field: Field; readonly rules: readonly RuleInfo[] },
  paint: Paint,
): string {
  const { description, keys } = field;
  return [
    `${paint('bold', fieldName(field))}\n${wrap(description)}`,
    columns(factsOf(field), { right: [] }),
    ...(keys.length === 0 ? [] : [`${paint('bold', 'Keys')}\n${columns(keys.map(keyRow), { right: [] })}`]),
    ...(rules.length === 0 ? [] : [`${paint('bold', 'Rules')}\n${columns(rules.map(ruleRow), { right: [] })}`]),
  ].join('\n');
}

function factsOf({ type, isRequired, default: value, examples }: Field): readonly (readonly string[])[] {
  return [
    ['  type', type],
    ...(value === undefined ? [] : [['  default', defaultWords(type, value)]]),
    ...(examples.length === 0 ? [] : [['  example', examples.map(flow).join('  ')]]),
    ...(isRequired ? [['  required', 'yes']] : []),
  ];
}

/** A default as a spec would say it. The schema has the 0 of a duration as text. */
export function defaultWords(type: string, value: unknown): string {
  return type === 'duration' ? String(value) : flow(value);
}

function keyRow(key: Field): readonly string[] {
  const name = key.path.at(-1) ?? '';
  return [`  ${name === '*' ? '* (any name)' : name}`, firstSentence(key.description)];
}

function ruleRow({ id, name, severity, why }: RuleInfo): readonly string[] {
  return [`  ${id}`, name, severity, why];
}
