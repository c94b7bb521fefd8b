import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffLines } from '../../src/keepalived/conf-diff.ts';

function diffText(before: string, after: string): string {
  return diffLines(before, after)
    .map(({ mark, text }) => `${mark}${text}`)
    .join('\n');
}

const LETTERS = [...'abcdefghijklmnop'].map((letter) => `${letter}\n`).join('');

const ROWS: readonly (readonly [title: string, before: string, after: string, diff: string])[] = [
  ['equal texts', LETTERS, LETTERS, ''],
  ['a change with three lines on each side', LETTERS, LETTERS.replace('h\n', 'H\n'), ' e\n f\n g\n-h\n+H\n i\n j\n k'],
  ['a change at the start', LETTERS, `A${LETTERS.slice(1)}`, '-a\n+A\n b\n c\n d'],
  ['a line at the end', LETTERS, `${LETTERS}q\n`, ' n\n o\n p\n+q'],
  [
    'a gap between changes far apart',
    LETTERS,
    LETTERS.replace('b\n', '').replace('n\n', 'n\nN\n'),
    ' a\n-b\n c\n d\n e\n …\n l\n m\n n\n+N\n o\n p',
  ],
  [
    'no gap where the lines between fit',
    LETTERS,
    LETTERS.replace('b\n', '').replace('i\n', ''),
    ' a\n-b\n c\n d\n e\n f\n g\n h\n-i\n j\n k\n l',
  ],
  ['a new text', '', 'a\nb\n', '+a\n+b'],
  ['a text that goes', 'a\n', '', '-a'],
  ['a last line without its end', 'a\nb', 'a\nb\n', ''],
];

for (const [title, before, after, diff] of ROWS)
  test(`shows ${title}`, () => {
    assert.equal(diffText(before, after), diff);
  });
