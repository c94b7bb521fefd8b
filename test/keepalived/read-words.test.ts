import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasOpenQuote, readWords } from '../../src/keepalived/read-words.ts';

const ROWS: readonly (readonly [text: string, words: readonly string[], isOpen?: true])[] = [
  ['lb_algo rr', ['lb_algo', 'rr']],
  ['a\tb  c', ['a', 'b', 'c']],
  ['vrrp_instance "VI 1"', ['vrrp_instance', 'VI 1']],
  ['a "" b', ['a', '', 'b']],
  // What touches a quoted word is a word of its own, and ' is like any other character.
  ['ab"c d"ef', ['ab', 'c d', 'ef']],
  ["notify '/x y'", ['notify', "'/x", "y'"]],
  ['a "b c', ['a', 'b c'], true],
];

for (const [text, words, isOpen = false] of ROWS)
  test(`${text} has the words ${JSON.stringify(words)}`, () => {
    assert.deepEqual(readWords(text), words);
    assert.equal(hasOpenQuote(text), isOpen);
  });
