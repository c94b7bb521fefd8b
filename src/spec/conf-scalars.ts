import type { z } from 'zod';
import { type CommandWord, splitCommand } from '../model/command.ts';
import { unsafePart } from '../model/safe-text.ts';
import { leaf, type Wrong } from './leaf.ts';
import { readText } from './scalars.ts';

/** A line of text that becomes one word of keepalived.conf: nothing in it may end that word. */
export function safeText(options: { readonly max?: number } = {}): z.ZodType<string> {
  const max = options.max ?? 800;
  return leaf(
    (value) => {
      const reading = readText(value, max);
      return orUnsafe(reading, 'value' in reading ? unsafePart(reading.value) : undefined);
    },
    { type: 'string', minLength: 1, maxLength: max },
  );
}

/** A command and its arguments, which may be quoted as in a shell. Nothing else of a shell's language has a meaning. */
export function command(): z.ZodType<string> {
  return commandLeaf("/usr/local/bin/check-web 'with arguments'");
}

/** The command line of a process: the same, but keepalived knows no escapes there. */
export function commandLine(): z.ZodType<string> {
  return commandLeaf('nginx', (words) =>
    words.map(({ text }) => unsafePart(text)).find((unsafe) => unsafe !== undefined),
  );
}

function commandLeaf(
  example: string,
  unsafeIn?: (words: readonly CommandWord[]) => string | undefined,
): z.ZodType<string> {
  const max = 400;
  return leaf(
    (value) => {
      const reading = readText(value, max);
      if (!('value' in reading)) return reading;
      const words = splitCommand(reading.value);
      if (typeof words === 'string') return { wrong: `must be a command with its arguments, but ${words}` };
      return orUnsafe(reading, unsafeIn?.(words));
    },
    { type: 'string', minLength: 1, maxLength: max, examples: [example] },
  );
}

function orUnsafe<R>(reading: R, unsafe: string | undefined): R | Wrong {
  return unsafe === undefined ? reading : { wrong: `must not hold ${unsafe}`, hint: 'keepalived.conf cannot hold it' };
}
