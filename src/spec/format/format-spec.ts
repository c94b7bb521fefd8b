import { isDeepStrictEqual } from 'node:util';
import { commentsIn } from '../comments.ts';
import { type ParsedSource, parseSource } from '../parse.ts';
import type { ReadingRule, SpecProblem } from '../problem.ts';
import type { SourceFile } from '../source.ts';
import { orderKeys } from './order-keys.ts';
import { printLayout } from './print-layout.ts';
import { readLayout } from './read-layout.ts';

/** The text of a file in canonical form, or why it has none. */
export type Formatted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/** What makes a text mean something else than its writer thinks. Mistakes of other kinds do not keep it from a form. */
const NOT_YAML: ReadonlySet<ReadingRule> = new Set(['yaml-syntax', 'tab-indentation', 'unquoted-ipv6']);

/** Writes one file of a spec in canonical form: the same meaning, the same comments. */
export function formatSpec(source: SourceFile): Formatted {
  const parsed = parseSource(source);
  const problems = parsed.problems.filter(({ rule }) => parsed.root === undefined || NOT_YAML.has(rule));
  if (problems.length > 0) return { ok: false, problems };
  const text = printLayout(orderKeys(readLayout(source.text)));
  assertSame(source, { parsed, text });
  return { ok: true, text };
}

/** A formatter that changes what a file says is worse than none: so it looks, each time. */
function assertSame(source: SourceFile, { parsed, text }: { parsed: ParsedSource; text: string }): void {
  const formatted = { name: source.name, text };
  const after = parseSource(formatted);
  const keepsValues = isDeepStrictEqual(after.root?.value, parsed.root?.value);
  if (keepsValues && isDeepStrictEqual(commentTexts(formatted), commentTexts(source))) return;
  throw new Error(
    `The formatted text of ${source.name} would ${keepsValues ? 'lose a comment' : 'mean something else'}`,
  );
}

function commentTexts(source: SourceFile): string[] {
  return commentsIn(source)
    .map(([start, end]) => source.text.slice(start, end).trimEnd())
    .sort();
}
