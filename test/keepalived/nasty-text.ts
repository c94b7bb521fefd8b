import fc from 'fast-check';

const NASTY = ` #!{}'$;ü€😀a1=%~@[]<>|&()*?,.-`;

/** One line without what no keepalived.conf can hold. */
export const nastyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...NASTY), minLength: 1, maxLength })
    .filter((text) => text.trim() !== '' && !/\$[A-Za-z_{]|^[{}]$/.test(text));

/** A command of one program that is on every host, with any arguments. */
export const nastyCommand: fc.Arbitrary<string> = fc
  .array(fc.string({ unit: fc.constantFrom(...`${NASTY}"\\`), maxLength: 12 }), { maxLength: 4 })
  .map((args) => ['/usr/bin/true', ...args.map(shellWord)].join(' '));

/** Quoted as for a shell, where it has to be. */
export function shellWord(text: string): string {
  return /^[a-z1]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
