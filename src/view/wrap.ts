/** The widest line of running text; people read longer ones badly. */
const WIDTH = 100;

/** Running text in lines of at most 100 columns, each behind the indentation. */
export function wrap(text: string, indentation = ''): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indentation}${word}`);
  }
  return `${lines.join('\n')}\n`;
}
