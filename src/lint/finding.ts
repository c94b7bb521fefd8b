import type { Range } from '../model/origin.ts';
import type { Fix } from '../spec/edit.ts';
import type { Path } from '../spec/place.ts';

export type { Range };

/** Severities, the worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** The severity of a finding. Errors stop every verb that needs the spec; the others are advice. */
export type Severity = (typeof SEVERITIES)[number];

export function isAtLeast(severity: Severity, level: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(level);
}

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
  /** The keys that lead there; empty where the text is no spec. Unlike the range it survives a change elsewhere. */
  readonly path: Path;
  /** The way out, in a few words. */
  readonly hint?: string;
  /** Edits that put it right, whatever the author meant. */
  readonly fix?: Fix;
  /** Other places that take part, such as the first of two duplicates. */
  readonly related?: readonly { readonly range: Range; readonly message: string }[];
}
