import type { Proposal } from '../spec/edit.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { ReadingRule } from '../spec/problem.ts';
import type { Example, SpecExample } from './example.ts';
import type { Finding, Severity } from './finding.ts';

/** What a rule has to say about one place. */
export interface Report {
  readonly path: Path;
  /** The key or the value at `path`. Default: the value. */
  readonly side?: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
  /** What puts it right, where nothing else can have been meant. */
  readonly fix?: Proposal;
  readonly related?: readonly { readonly path: Path; readonly side?: 'key' | 'value'; readonly message: string }[];
}

/** What is known of a rule without running it. */
export interface RuleInfo {
  /** `LVS` and a number that never changes its meaning: rule-group.ts names the ranges. */
  readonly id: `LVS${number}`;
  readonly name: string;
  readonly severity: Severity;
  /** What goes wrong in the world when the rule is broken. */
  readonly why: string;
  /** What happens in production, and why the tools on the way do not notice; a few sentences. */
  readonly harm: string;
  /** What has a finding of this rule, and nothing else wrong; and the same put right. Both are run by a test. */
  readonly examples: { readonly bad: Example; readonly good: Example };
  /** Who says so: a manual page, a kernel or keepalived source file, a measurement. */
  readonly source: string;
}

/** What every finding of a rule says of it. */
export function headOf({ id, name, severity }: RuleInfo): Pick<Finding, 'rule' | 'name' | 'severity'> {
  return { rule: id, name, severity };
}

/** A rule that reading a spec checks itself: spec/ finds, and this is what is known of it. */
export interface ReadingRuleInfo extends RuleInfo {
  readonly name: ReadingRule;
  readonly severity: 'error';
}

/**
 * One thing a spec may say that is wrong or unwise. A rule says nothing about what a mistake of reading left out
 * (`incomplete`, `damaged`), so that one mistake stays one finding.
 */
export interface Rule extends RuleInfo {
  readonly examples: { readonly bad: SpecExample; readonly good: SpecExample };
  check(loaded: LoadedSpec): Iterable<Report>;
}
