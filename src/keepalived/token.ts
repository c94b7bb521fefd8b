import { splitCommand } from '../model/command.ts';
import { unsafePart } from '../model/safe-text.ts';

/** A value that no keepalived.conf can hold. Specs cannot have one (spec/scalars.ts); templates of users may. */
export class UnsafeToken extends Error {
  override readonly name = 'UnsafeToken';
}

/**
 * One word as keepalived reads it back: quoted where it would be cut, split or taken for a comment otherwise. Throws
 * UnsafeToken for what its quotes cannot hold, so that no value ever becomes a second word, a line or a block.
 */
export function token(value: unknown): string {
  const text = String(value);
  const unsafe = unsafePart(text);
  if (unsafe !== undefined) throw new UnsafeToken(`${JSON.stringify(text)} holds ${unsafe}`);
  return PLAIN.test(text) && !INCLUDE.test(text) ? text : `"${text}"`;
}

/** No blank, comment or brace, nothing that means something at a line's start, and not empty. */
const PLAIN = /^[A-Za-z0-9_./:+=,%*?[\]|-](?:[A-Za-z0-9_./:+=,%*?@[\]|~^-]*)$/;

/** At the start of a line these read another file (parser.c: is_include). */
const INCLUDE = /^include[rmwba]?$/;

/**
 * A command as the one quoted word that keepalived's script parameters are. It is unescaped twice: on the way out of the
 * double quotes, and when it is split into arguments by single quotes (parser.c: alloc_strvec_quoted_escaped).
 */
export function commandToken(command: string): string {
  const words = splitCommand(command);
  if (typeof words === 'string') throw new UnsafeToken(`${JSON.stringify(command)} is no command: ${words}`);
  return `"${words.map(({ text }) => argument(text)).join(' ')}"`;
}

function argument(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UnsafeToken(`${JSON.stringify(text)} holds a control character`);
  if (/^[A-Za-z0-9_./:+=,%@-]+$/.test(text)) return text;
  const escaped = text.replace(/[\\'"$]/g, (character) => ESCAPES[character] ?? character);
  return `'${escaped}'`;
}

// keepalived replaces $NAME before it looks at quotes, and ends a quoted word at the first " whatever is before it. In
// octal, which has three digits: \x goes on for as long as hex digits follow.
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\\\\\', "'": "\\\\\\'", '"': '\\042', $: '\\044' };
