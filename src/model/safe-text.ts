/** Bytes of a value. keepalived reads 1023 of a line, which has a keyword and its indentation too (parser.c: read_line). */
const MOST_BYTES = 900;

/**
 * What of a text keepalived would not read as one word, however it is quoted; undefined for a text that it reads as it is
 * meant. Its quotes have no escapes, and `$name` is replaced inside quotes too (keepalived lib/parser.c: alloc_strvec,
 * replace_param). A backslash hides the closing quote from what removes comments (decomment), and is an escape in some
 * lines of some versions. A brace alone is taken for that of a block, quoted or not, where a line ends (alloc_value_block).
 */
export function unsafePart(text: string): string | undefined {
  if (Buffer.byteLength(text) > MOST_BYTES) return 'more bytes than a line of keepalived.conf takes';
  return UNSAFE.find(({ pattern }) => pattern.test(text))?.what;
}

const UNSAFE: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  { pattern: /[\u0000-\u001f\u007f]/, what: 'a control character' },
  { pattern: /"/, what: 'a double quote' },
  { pattern: /\$[A-Za-z_{]/, what: 'a $ before a name, which keepalived replaces' },
  { pattern: /\\/, what: 'a backslash' },
  { pattern: /^[{}]$/, what: 'a brace alone' },
];
