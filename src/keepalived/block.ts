import type { Origin } from '../model/origin.ts';

/** One word of keepalived.conf, before anybody quotes it: a plain word, or a command with its arguments. */
export type Word = string | number | { readonly command: string };

/** One line: `priority 150`. The first word is the keyword, or the thing itself in a list such as virtual_ipaddress. */
export interface Statement {
  readonly kind: 'statement';
  readonly words: readonly Word[];
  readonly origin?: Origin | undefined;
}

/** `keyword word... { items }`. */
export interface Block {
  readonly kind: 'block';
  readonly words: readonly Word[];
  readonly items: readonly Item[];
  /** Where in the spec it comes from. */
  readonly origin?: Origin | undefined;
}

/** A line of an `extra` field, as it stands. */
export interface RawLine {
  readonly kind: 'raw';
  readonly text: string;
}

export type Item = Statement | Block | RawLine;

export function statement(...words: readonly Word[]): Statement {
  return { kind: 'statement', words };
}

/** The statement where there is a value, else nothing: what the spec does not say is left to keepalived. */
export function optional(keyword: string, value: Word | null | undefined): Statement[] {
  return value === null || value === undefined ? [] : [statement(keyword, value)];
}

/** A keyword that means yes by standing there; keepalived ignores what follows it, so `keyword no` would mean yes too. */
export function present(keyword: string, isSo: boolean | undefined): Statement[] {
  return isSo ? [statement(keyword)] : [];
}

/** A keyword that takes a boolean. */
export function boolean(keyword: string, value: boolean | null | undefined): Statement[] {
  return optional(keyword, value === null || value === undefined ? value : value ? 'on' : 'off');
}

export function block(words: readonly Word[], items: readonly Item[], origin?: Origin): Block {
  return { kind: 'block', words, items, origin };
}

/** The block where there is something in it, else nothing. */
export function filled(keyword: string, items: readonly Item[]): Block[] {
  return items.length === 0 ? [] : [block([keyword], items)];
}

export function raw(lines: readonly string[]): RawLine[] {
  return lines.map((text) => ({ kind: 'raw', text }));
}
