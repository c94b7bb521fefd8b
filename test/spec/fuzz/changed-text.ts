import fc from 'fast-check';
import { PIECES } from './pieces.ts';
import { SPECS } from './specs.ts';

/** A spec that ends early, as one does that is half copied. */
export const cutText: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...SPECS), fc.nat())
  .map(([text, at]) => text.slice(0, at % text.length));

interface Place {
  readonly from: number;
  readonly to: number;
  readonly piece: string;
}

type Change = (text: string, place: Place) => string;

const CHANGES: readonly Change[] = [
  (text, { from, piece }) => spliced(text, { at: from % text.length, length: 0, piece }),
  (text, { from, to }) => spliced(text, { at: from % text.length, length: to % 40, piece: '' }),
  (text, { from, piece }) => {
    const words = [...text.matchAll(/[^\s,:{}[\]]+/g)];
    const word = words[from % words.length];
    return word === undefined ? piece : spliced(text, { at: word.index, length: word[0].length, piece });
  },
  onLines((lines, { from, to }) => lines.toSpliced(to, 0, lines[from] ?? '')),
  onLines((lines, { from, to }) => lines.with(from, lines[to] ?? '').with(to, lines[from] ?? '')),
  onLines((lines, { from, to }) => lines.with(from, `${' '.repeat(to % 9)}${lines[from]?.trimStart()}`)),
  (text, { piece }) => `${piece}\n${text}`,
  (text) => text.replace(/\r?\n/g, '\r\n'),
  (text) => `\ufeff${text}`,
];

/** A spec in which somebody, or something, changed a few places. */
export const changedText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...SPECS),
    fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        piece: fc.constantFrom(...PIECES),
        change: fc.constantFrom(...CHANGES),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([spec, places]) => places.reduce((text, { change, ...place }) => change(text, place), spec));

function onLines(change: (lines: readonly string[], place: Place) => readonly string[]): Change {
  return (text, { from, to, piece }) => {
    const lines = text.split('\n');
    return change(lines, { from: from % lines.length, to: to % lines.length, piece }).join('\n');
  };
}

function spliced(text: string, { at, length, piece }: { at: number; length: number; piece: string }): string {
  return text.slice(0, at) + piece + text.slice(at + length);
}
