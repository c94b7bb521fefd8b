import { splitCommand } from '../model/command.ts';

/** The first part of a command, outside its quotes, that means something to a shell only. */
export function shellPart(command: string): string | undefined {
  const words = splitCommand(command);
  if (typeof words === 'string') return undefined;
  const [program] = words;
  const isBare = program !== undefined && program.bare === program.text;
  if (isBare && (SHELL_WORDS.includes(program.text) || ASSIGNMENT.test(program.text))) return program.text;
  return words.flatMap(({ bare }) => SHELL_SIGNS.flatMap((sign) => sign.exec(bare)?.[0] ?? []))[0];
}

/** What is no program of its own. */
const SHELL_WORDS = [
  ...['if', 'for', 'while', 'until', 'case', 'select', 'function', '!', '{', '.', ':', 'source'],
  ...['cd', 'eval', 'exec', 'exit', 'export', 'set', 'trap', 'ulimit', 'umask', 'unset', '[['],
];

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

const SHELL_SIGNS: readonly RegExp[] = [
  /[|&;<>()`$*?]+/,
  // A home directory, a comment, a class of characters, alternatives.
  /^~/,
  /^#/,
  /[^\s[]?\[[^\]]+\]/,
  /\{[^}]*(?:,|\.\.)[^}]*\}/,
];
