import type { Example } from '../lint/example.ts';
import { oneLine } from './one-line.ts';

/** Longer lines are cut: a rule about long lines shows one, and nobody reads its end. */
const MOST_COLUMNS = 110;

/** An example as documentation shows it; several texts one after the other, each under a comment that tells which it is. */
export function exampleText(example: Example): string {
  const texts = textsOf(example);
  if (texts.length === 1) return texts.map(([, text]) => readable(text)).join('');
  return texts.map(([title, text]) => `# ${title}\n${readable(text)}`).join('\n');
}

function textsOf(example: Example): readonly (readonly [title: string, text: string])[] {
  if (typeof example === 'string') return [['example.lvs.yaml', example]];
  if ('specs' in example) return Object.entries(example.specs);
  if ('before' in example)
    return [
      ['before', example.before],
      ['after', example.after],
    ];
  return Object.entries(example);
}

function readable(text: string): string {
  return `${text
    .trimEnd()
    .split('\n')
    .map((line) => oneLine(line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS)} ...` : line))
    .join('\n')}\n`;
}
