// C0 and C1 controls, line separators, and the marks that turn the direction of text round.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of a spec on one line of a terminal or a log: nothing in it can move the cursor or begin a new line. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same, one column for each UTF-16 unit, so that carets below still point at the right one. */
export function oneLineInPlace(text: string): string {
  return text.replaceAll('\t', ' ').replace(UNSAFE, '·');
}
