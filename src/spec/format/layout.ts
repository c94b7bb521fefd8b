/**
 * A spec as it is laid out: what is written, with every comment and blank line at the thing it belongs to. Values are
 * kept as text, so that printing them again cannot change what they mean.
 */
export interface Layout {
  /** `%YAML` lines, and `---` with what stands on its line. */
  readonly start: readonly string[];
  /** Comments at the top that are about the file, not about its first key. */
  readonly header: readonly string[];
  /** Whether a blank line follows the header. */
  readonly gap: boolean;
  readonly root: Entry;
  /** `...` and what follows it. */
  readonly end: readonly string[];
}

/** One pair of a mapping or one item of a list; its lines move together. */
export interface Entry {
  /** Own lines in front of it: comments, and `''` for a blank line. */
  above: string[];
  /** As written, anchors included; null for an item of a list and for the root. */
  readonly key: string | null;
  /** What the key means, to look it up in the schema; the index of an item. */
  readonly step: string | number;
  /** Anchors and tags of the value, as written. */
  props: string;
  value: Value;
  /** The comment at the end of its line. */
  beside: Beside | null;
  /** Own lines below it that are indented deeper than it is. */
  below: string[];
  /** Column of its first character, from 0. */
  readonly column: number;
  /** Whether it holds an anchor or an alias, or stands at one. */
  hasAnchor: boolean;
}

export interface Beside {
  readonly text: string;
  readonly column: number;
}

export type Value =
  | { readonly kind: 'none' }
  /** Scalars and aliases; more than one line when it is folded. */
  | { readonly kind: 'text'; readonly lines: readonly string[] }
  /** `|` and `>`: the header, and the lines relative to the indentation of their content. */
  | {
      readonly kind: 'block';
      readonly header: string;
      readonly lines: readonly string[];
      /** Explicit indentation of the content, where the header names one. */
      readonly indent: number | null;
    }
  | Collection;

export interface Collection {
  readonly kind: 'map' | 'list';
  /** In `{ }` or `[ ]`. */
  readonly isFlow: boolean;
  entries: Entry[];
}

export function isCollection(value: Value): value is Collection {
  return value.kind === 'map' || value.kind === 'list';
}
