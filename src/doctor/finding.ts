/** Errors mean that the host does not do its part; warnings, that some day it will not; infos are hints. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong with a host. All texts are sentences without a full stop. */
export interface Finding {
  /** `DOC` and a number; the number never changes its meaning. */
  readonly rule: string;
  /** The rule's kebab-case name. */
  readonly name: string;
  readonly severity: Severity;
  readonly seen: string;
  readonly wanted: string;
  /** What goes wrong in the world. */
  readonly why: string;
  /** Commands that put it right, to be run in this order. */
  readonly fix: readonly string[];
  /** What a command cannot do. */
  readonly advice: string | null;
}

/** Something that could not be looked at, so that these rules have nothing to say about it. */
export interface Unseen {
  /** Ids, sorted. */
  readonly rules: readonly string[];
  readonly reason: string;
}

/** All that was found, and how much was looked for. */
export interface Diagnosis {
  /** Errors first, then by id. */
  readonly findings: readonly Finding[];
  readonly unseen: readonly Unseen[];
  /** Rules that were asked. */
  readonly checks: number;
}
