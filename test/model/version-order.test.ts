import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOlder } from '../../src/model/version-order.ts';

const PAIRS: readonly (readonly [version: string, than: string, older: boolean])[] = [
  ['2.2.7', '2.2.8', true],
  ['2.2.8', '2.2.7', false],
  ['2.2.7', '2.2.7', false],
  ['2.2.10', '2.2.9', false],
  ['2.9.9', '10.0.0', true],
  ['2.3.0', '2.2.9', false],
  ['2.2.7', '2.3', true],
  ['5.11', '5.10.3', false],
  ['5.10.0-28-amd64', '5.11', true],
  ['unknown', '5.11', false],
];

for (const [version, than, older] of PAIRS)
  test(`${version} is ${older ? '' : 'not '}older than ${than}`, () => assert.equal(isOlder(version, than), older));
