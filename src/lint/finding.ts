import type { Range } from '../model/origin.ts';

export type { Range };

/** The severity of a finding. Errors stop every verb that needs the spec; the others are advice. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing a spec says that is wrong or unwise. */
export interface Finding {
  /** `LVS` and a number; the number never changes its meaning. */
  readonly rule: string;
  /** The rule's kebab-case name. */
  readonly name: string;
  readonly severity: Severity;
  /** What was seen and what is wanted, in one sentence without a full stop. */
  readonly message: string;
  readonly range: Range;
  /** The way out, in a few words. */
  readonly hint?: string;
  /** Other places that take part, such as the first of two duplicates. */
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
}
