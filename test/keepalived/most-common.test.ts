import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostCommon } from '../../src/keepalived/most-common.ts';

const ROWS: readonly (readonly [values: readonly number[], most: number | undefined])[] = [
  [[], undefined],
  [[3], 3],
  [[1, 2, 2], 2],
  [[2, 1, 1, 2], 2],
  [[0, 0, 1], 0],
];

for (const [values, most] of ROWS)
  test(`of ${values.join(' ') || 'nothing'} the most common is ${most}`, () => assert.equal(mostCommon(values), most));
