/**
 * A regular expression as the one word that `regex` takes. It is unescaped once, by the rules of scripts
 * (parser.c: alloc_strvec_quoted_escaped). Octal, since `\x` there takes every hex digit that follows. A `$` must go, since
 * keepalived replaces `$name` before it looks at quotes, and a brace, since one alone ends the block in quotes too.
 */
export function regexToken(pattern: string): string {
  return `"${pattern.replace(/[\\"${}]/g, (character) => ESCAPES[character] ?? character)}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\042',
  $: '\\044',
  '{': '\\173',
  '}': '\\175',
};
