import type { CheckAccount } from '../health/check-account.ts';
import type { RuleInfo } from '../lint/rule.ts';
import type { Field } from '../spec/fields.ts';

/** One exit code and what it says. */
export interface ExitCodeMeaning {
  readonly code: number;
  readonly meaning: string;
}

/** A variable of the environment. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** The verbs for whose option it stands in; none for a variable that stands in for no option. */
  readonly verbs: readonly string[];
}

/** What `explain` has to say: of one thing, or of all that it could be asked. */
export type Explanation =
  | { readonly topic: 'rule'; readonly rule: RuleInfo }
  | { readonly topic: 'field'; readonly field: Field; readonly rules: readonly RuleInfo[] }
  | { readonly topic: 'check'; readonly accounts: readonly CheckAccount[] }
  | { readonly topic: 'exit-codes'; readonly codes: readonly ExitCodeMeaning[] }
  | { readonly topic: 'environment'; readonly variables: readonly Variable[] }
  | {
      readonly topic: 'topics';
      readonly rules: readonly RuleInfo[];
      readonly sections: readonly Field[];
      readonly others: readonly string[];
    };
