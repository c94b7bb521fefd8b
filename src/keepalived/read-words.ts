/**
 * The words of a line. A quote begins a word, also right behind another one, and the next quote ends it: there are no
 * escapes (parser.c: alloc_strvec). Keywords that take a command read the line in another way; see `text` beside the words.
 */
export function readWords(text: string): readonly string[] {
  return Array.from(text.matchAll(/"([^"]*)(?:"|$)|[^\s"]+/g), ([whole, quoted]) => quoted ?? whole);
}

export function hasOpenQuote(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}
