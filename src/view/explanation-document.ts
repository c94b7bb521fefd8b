import { type Field, fieldName } from '../spec/fields.ts';
import { type CheckDocument, checkDocument } from './check-document.ts';
import type { ExitCodeMeaning, Explanation, Variable } from './explanation.ts';
import { type RuleDocument, ruleDocument } from './rules-document.ts';

/** A field of the spec, as documents hold it. */
export interface FieldDocument {
  /** `*` stands for a name that people choose, or for an entry of a list. */
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly examples: readonly unknown[];
  readonly keys: readonly { readonly name: string; readonly description: string; readonly type: string }[];
  readonly rules: readonly string[];
}

type Topic =
  | { readonly topic: 'rule'; readonly rule: RuleDocument }
  | { readonly topic: 'field'; readonly field: FieldDocument }
  | { readonly topic: 'check'; readonly checks: readonly CheckDocument[] }
  | { readonly topic: 'exit-codes'; readonly exit_codes: readonly ExitCodeMeaning[] }
  | { readonly topic: 'environment'; readonly variables: readonly Variable[] }
  | { readonly topic: 'topics'; readonly topics: Readonly<Record<'rules' | 'fields' | 'others', readonly string[]>> };

/** What `explain -o json` prints. A higher minor format version only adds; a reader refuses another major one. */
export type ExplanationDocument = {
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.explanation';
  readonly tool: { readonly name: 'lvsctl'; readonly version: string };
} & Topic;

export function explanationDocument(explanation: Explanation, version: string): ExplanationDocument {
  return {
    format_version: '1.0',
    kind: 'lvsctl.explanation',
    tool: { name: 'lvsctl', version },
    ...topicOf(explanation),
  };
}

function topicOf(explanation: Explanation): Topic {
  const { topic } = explanation;
  switch (topic) {
    case 'rule':
      return { topic, rule: ruleDocument(explanation.rule) };
    case 'field':
      return { topic, field: fieldDocument(explanation.field, explanation.rules) };
    case 'check':
      return { topic, checks: explanation.accounts.map(checkDocument) };
    case 'exit-codes':
      return { topic, exit_codes: explanation.codes };
    case 'environment':
      return { topic, variables: explanation.variables };
    case 'topics': {
      const { rules, sections, others } = explanation;
      return { topic, topics: { rules: rules.map(({ id }) => id), fields: sections.map(fieldName), others } };
    }
  }
}

function fieldDocument(field: Field, rules: readonly { readonly id: string }[]): FieldDocument {
  return {
    name: fieldName(field),
    description: field.description,
    type: field.type,
    required: field.isRequired,
    ...(field.default === undefined ? {} : { default: field.default }),
    examples: field.examples,
    keys: field.keys.map((key) => ({ name: key.path.at(-1) ?? '', description: key.description, type: key.type })),
    rules: rules.map(({ id }) => id),
  };
}
