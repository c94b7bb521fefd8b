import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { flow } from '../../src/view/flow.ts';

const VALUES: readonly (readonly [value: unknown, text: string])[] = [
  ['30%', '"30%"'],
  ['5m', '5m'],
  ['192.0.2.10', '192.0.2.10'],
  ['2001:db8::10', '"2001:db8::10"'],
  ['1.1', '"1.1"'],
  ['0', '"0"'],
  ['true', '"true"'],
  ['', '""'],
  [true, 'true'],
  [64, '64'],
  [[200, '200-299'], '[200, 200-299]'],
  [{}, '{}'],
  [{ address: '10.0.0.22', weight: 2 }, '{ address: 10.0.0.22, weight: 2 }'],
  ["/usr/local/bin/check-web 'with arguments'", `"/usr/local/bin/check-web 'with arguments'"`],
];

for (const [value, text] of VALUES)
  test(`${JSON.stringify(value)} is written ${text}, which YAML reads back as it was`, () => {
    assert.equal(flow(value), text);
    assert.deepEqual(parse(text), value);
  });
