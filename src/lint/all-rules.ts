import { CONTROL_RULES } from './control-rules.ts';
import { TOGETHER_RULES } from './lint-together.ts';
import { READING_RULES } from './reading-rules.ts';
import { reloadImpactRule } from './reload-impact.ts';
import type { RuleInfo } from './rule.ts';
import { RULES } from './rules.ts';

/** Rules that look at more than one spec; where nobody gave them more, they have nothing to say. */
const BESIDE: readonly RuleInfo[] = [...TOGETHER_RULES, reloadImpactRule];

/** Every rule there is, by number. */
export const ALL_RULES: readonly RuleInfo[] = [...READING_RULES, ...Object.values(CONTROL_RULES), ...RULES, ...BESIDE];

const BY_WORD: ReadonlyMap<string, RuleInfo> = new Map(
  ALL_RULES.flatMap((rule) => [
    [rule.id, rule],
    [rule.name, rule],
  ]),
);

/** A rule by its number or its name. */
export function findRule(word: string): RuleInfo | undefined {
  return BY_WORD.get(/^lvs\d+$/i.test(word) ? word.toUpperCase() : word);
}

/** The names and numbers a word may have meant. */
export const RULE_WORDS: readonly string[] = [...BY_WORD.keys()];

const BESIDE_IDS: ReadonlySet<string> = new Set(BESIDE.map(({ id }) => id));

/** Whether a rule looks at more than one spec. */
export function looksBeyond({ id }: { readonly id: string }): boolean {
  return BESIDE_IDS.has(id);
}

const READING: ReadonlySet<string> = new Set(READING_RULES.map(({ id }) => id));

/** Whether a rule is about reading: what breaks it is not known, so nobody can say that it does no harm. */
export function isReadingRule({ id }: { readonly id: string }): boolean {
  return READING.has(id);
}
