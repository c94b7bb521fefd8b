import { certainlyMeant, suggestion } from '../spec/did-you-mean.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Proposal } from '../spec/edit.ts';
import { findRule, isReadingRule, RULE_WORDS } from './all-rules.ts';
import type { Severity } from './finding.ts';
import type { Report, RuleInfo } from './rule.ts';

/** What a rule may be told to be. */
export type RuleLevel = 'off' | Severity;

/** By the number of the rule. */
export type RuleLevels = ReadonlyMap<string, RuleLevel>;

/** The severities that the spec asks for, without those that cannot be had. */
export function specLevels({ spec }: LoadedSpec): RuleLevels {
  return new Map(
    Object.entries(spec.lint?.rules ?? {}).flatMap(([word, level]) => {
      const rule = findRule(word);
      return rule === undefined || isReadingRule(rule) ? [] : [[rule.id, level] as const];
    }),
  );
}

/** What is wrong with the `lint` section. */
export function* checkSettings({ spec }: LoadedSpec): Iterable<Report> {
  for (const word of Object.keys(spec.lint?.rules ?? {})) {
    const wrong = whyUnchangeable(word);
    if (wrong === undefined) continue;
    yield { path: ['lint', 'rules', word], side: 'key', message: wrong, ...renaming(word) };
  }
}

function renaming(word: string): { fix?: Proposal } {
  const name = certainlyMeant(word, NAMES);
  if (name === undefined) return {};
  const path = ['lint', 'rules', word];
  return { fix: { description: `Rename it to ${name}`, edits: [{ action: 'rename', path, name }] } };
}

/** Why a word cannot stand for a rule whose severity is to change; undefined where it can. */
export function whyUnchangeable(word: string): string | undefined {
  const rule: RuleInfo | undefined = findRule(word);
  if (rule === undefined) return `There is no rule ${word}${/^lvs\d+$/i.test(word) ? '' : suggestion(word, NAMES)}`;
  return isReadingRule(rule) ? `${rule.id} ${rule.name} is about reading the spec, and always an error` : undefined;
}

/** Numbers are too near to each other to tell which one was meant. */
export const NAMES: readonly string[] = RULE_WORDS.filter((word) => !word.startsWith('LVS'));
