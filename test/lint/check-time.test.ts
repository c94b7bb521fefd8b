import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionsPerSecond } from '../../src/lint/check-time.ts';
import { checkOf } from '../spec/check-of.ts';

const RATES: readonly (readonly [check: string, perSecond: number])[] = [
  ['{ tcp: {}, interval: 2s }', 0.5],
  ['{ all: { a: { tcp: {} }, b: { http: {} } }, interval: 500ms }', 4],
  ['{ all: { a: { tcp: {} }, b: { file: { track_file: load } } }, interval: 1s }', 1],
];

for (const [text, perSecond] of RATES)
  test(`the check ${text} asks ${perSecond} questions a second`, () => {
    assert.equal(questionsPerSecond(checkOf(text)), perSecond);
  });
