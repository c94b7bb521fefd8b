import type { RuleInfo } from '../lint/rule.ts';
import { ruleLink } from '../lint/rule-link.ts';
import { exampleText } from './example-text.ts';

/** One rule, as documents hold it. */
export interface RuleDocument extends Omit<RuleInfo, 'examples'> {
  /** As they are shown; very long lines are cut. */
  readonly examples: { readonly bad: string; readonly good: string };
  /** Where the documentation speaks of it, from the root of the repository. */
  readonly link: string;
}

/** What `rules -o json` prints. A higher minor format version only adds; a reader refuses another major one. */
export interface RulesDocument {
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.rules';
  readonly tool: { readonly name: 'lvsctl'; readonly version: string };
  readonly rules: readonly RuleDocument[];
}

export function rulesDocument(rules: readonly RuleInfo[], version: string): RulesDocument {
  return {
    format_version: '1.0',
    kind: 'lvsctl.rules',
    tool: { name: 'lvsctl', version },
    rules: rules.map(ruleDocument),
  };
}

/** Key by key: a rule has more to it than belongs into a document. */
export function ruleDocument({ id, name, severity, why, harm, examples, source }: RuleInfo): RuleDocument {
  return {
    id,
    name,
    severity,
    why,
    harm,
    examples: { bad: exampleText(examples.bad), good: exampleText(examples.good) },
    source,
    link: ruleLink(id),
  };
}
