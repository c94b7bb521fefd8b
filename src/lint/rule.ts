import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { Severity } from './finding.ts';

/** What a rule has to say about one place. */
export interface Report {
  readonly path: Path;
  /** The key or the value at `path`. Default: the value. */
  readonly side?: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly { readonly path: Path; readonly side?: 'key' | 'value'; readonly message: string }[];
}

/** What is known of a rule without running it. */
export interface RuleInfo {
  /** `LVS` and a number that never changes its meaning: 0xx reading, 1xx services, 2xx advice. */
  readonly id: `LVS${number}`;
  readonly name: string;
  readonly severity: Severity;
  /** What goes wrong in the world when the rule is broken. */
  readonly why: string;
  /** Who says so: a manual page, a kernel or keepalived source file, a measurement. */
  readonly source: string;
}

/**
 * One thing a spec may say that is wrong or unwise. A rule says nothing about what a mistake of reading left out
 * (`incomplete`, `damaged`), so that one mistake stays one finding.
 */
export interface Rule extends RuleInfo {
  check(loaded: LoadedSpec): Iterable<Report>;
}
