/** A value that a file for a host cannot hold. */
export class UnsafeWord extends Error {
  override readonly name = 'UnsafeWord';
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/g;

/** One word of a POSIX shell, whatever is in it: nothing within single quotes has a meaning there. */
export function shellWord(value: unknown): string {
  const text = String(value);
  if (text.search(CONTROL) >= 0) throw new UnsafeWord(`${JSON.stringify(text)} holds a control character`);
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** One word for sysctl.d and systemd, which have no quotes that hold everything: addresses, names and numbers need none. */
export function plainWord(value: unknown): string {
  const text = String(value);
  if (/^[A-Za-z0-9_./:*-]+$/.test(text)) return text;
  throw new UnsafeWord(`${JSON.stringify(text)} is no plain word`);
}

const COLUMNS = 100;

/** A text as comment lines that begin with #, broken between words. */
export function hashComment(text: string): string {
  const lines = text
    .replace(CONTROL, '?')
    .split(' ')
    .reduce<string[]>((all, word) => {
      const last = all.at(-1);
      if (last !== undefined && last.length + word.length < COLUMNS) all[all.length - 1] = `${last} ${word}`;
      else all.push(`# ${word}`);
      return all;
    }, []);
  return lines.join('\n');
}
