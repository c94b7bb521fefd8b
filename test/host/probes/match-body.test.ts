import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MOST_BODY_BYTES } from '../../../src/host/probes/http-body.ts';
import { matchBody } from '../../../src/host/probes/match-body.ts';

const ENDLESS: readonly (readonly [pattern: string, text: string])[] = [
  ['^(a+)+$', `${'a'.repeat(60)}!`],
  ['^(a|a)*$', `${'a'.repeat(60)}!`],
  [' +$', `${' '.repeat(MOST_BODY_BYTES - 1)}!`],
];

for (const [pattern, text] of ENDLESS)
  test(`a body on which ${pattern} would try for very long is given up, again and again`, () => {
    assert.equal(matchBody(pattern, text), 'too-slow');
    assert.equal(matchBody(pattern, text), 'too-slow');
    assert.equal(matchBody('^x+$', 'xx'), 'found', 'others go on');
  });

test('a pattern that took too long once still finds what it finds at once', () => {
  assert.equal(matchBody('^(b+)+$', `${'b'.repeat(60)}!`), 'too-slow');
  // It has 10 ms of the clock by then, in which a busy machine may not run it at all.
  const tries = (text: string) => new Set(Array.from({ length: 10 }, () => matchBody('^(b+)+$', text)));
  assert.deepEqual(tries('bbb').difference(new Set(['too-slow'])), new Set(['found']));
  assert.deepEqual(tries('c').difference(new Set(['too-slow'])), new Set(['not-found']));
});

const PATTERNS = ['ok', '^ok$', 'o+k', '^(?:ok|well)', 'status: \\w{2,4}', '(?<=a)b*c?', '[ok]', ''];

test('what it finds is what the pattern finds, guarded or not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...PATTERNS),
      fc.string({ unit: fc.constantFrom(...'okwel: stau\nbc') }),
      (pattern, text) => {
        assert.equal(matchBody(pattern, text), new RegExp(pattern).test(text) ? 'found' : 'not-found');
      },
    ),
  );
});
