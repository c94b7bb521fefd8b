import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTarget, parseTarget } from '../../src/model/override-target.ts';

for (const text of ['web/web-1', 'pool:web', 'address:10.0.0.21', 'address:2001:db8::1'])
  test(`${text} is a target, and written as it is read`, () => {
    const target = parseTarget(text);
    assert.ok(target);
    assert.equal(formatTarget(target), text);
  });

test('two spellings of one address are one target', () => {
  assert.deepEqual(parseTarget('address:2001:DB8:0::1'), parseTarget('address:2001:db8::1'));
});

for (const text of ['', 'web', 'web/', '/web-1', 'web/web-1/x', 'pool:', 'address:', 'address:10.0.0', 'o3'])
  test(`"${text}" is no target`, () => assert.equal(parseTarget(text), undefined));
