/** One word of a command line; `bare` is the part of it that stood outside quotes. */
export interface CommandWord {
  readonly text: string;
  readonly bare: string;
}

/**
 * The words of a command, with the quotes and backslashes of a shell but nothing else of it: no variables, no pipes. A
 * text instead says what is wrong.
 */
export function splitCommand(command: string): readonly CommandWord[] | string {
  const words: CommandWord[] = [];
  const pattern = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(.)/gy;
  let isWord = false;
  for (const [whole, single, double, escaped, bare, broken] of command.matchAll(pattern)) {
    if (broken !== undefined) return broken === '\\' ? 'it ends in a backslash' : `the quote ${broken} is not closed`;
    const isBlank = /^\s/.test(whole);
    const before = isWord && !isBlank ? words.pop() : undefined;
    isWord = !isBlank;
    if (isBlank) continue;
    const part = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? bare ?? '';
    words.push({ text: (before?.text ?? '') + part, bare: (before?.bare ?? '') + (bare ?? '') });
  }
  return words;
}
