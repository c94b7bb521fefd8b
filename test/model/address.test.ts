import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressSortKey, formatEndpoint, parseAddress } from '../../src/model/address.ts';

const SPELLINGS: readonly (readonly [canonical: string, ...others: string[]])[] = [
  ['::1', '0:0:0:0:0:0:0:1', '0::1', '::0001', '::0.0.0.1'],
  ['2001:db8::a', '2001:DB8::A', '2001:0db8:0:0::000a'],
  ['::102:304', '::1.2.3.4', '0:0:0:0:0:0:1.2.3.4'],
  ['::ffff:102:304', '::ffff:1.2.3.4', '::FFFF:102:304'],
  ['64:ff9b::102:304', '64:ff9b::1.2.3.4'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8::1:1:1:1:1'],
];

for (const [canonical, ...others] of SPELLINGS) {
  test(`ipv6-spelling: ${others.join(', ')} are all ${canonical}`, () => {
    for (const text of [canonical, ...others])
      assert.deepEqual(parseAddress(text), { family: 'ipv6', text: canonical });
  });
}

test('every IPv6 address has the canonical text that WHATWG URLs have', () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      assert.equal(`[${parseAddress(text)?.text}]`, new URL(`http://[${text}]`).hostname);
    }),
  );
});

for (const text of [
  '010.0.0.1',
  '10.1',
  '1.2.3.4.5',
  '0x7f.1',
  '1.2.3.256',
  'fe80::1%eth0',
  '::1/64',
  '[::1]',
  '1::2::3',
  '',
  ' ::1',
  'localhost',
]) {
  test(`"${text}" is not one IP address`, () => assert.equal(parseAddress(text), undefined));
}

test('an endpoint has brackets where IPv6 needs them', () => {
  assert.deepEqual([formatEndpoint('::1', 80), formatEndpoint('10.0.0.1', 0)], ['[::1]:80', '10.0.0.1:0']);
});

test('addresses sort by value, IPv4 first', () => {
  const sorted = ['9.0.0.1', '10.0.0.2', '10.0.0.10', '::1', '2001:db8::2', '2001:db8::10'];
  assert.deepEqual(
    [...sorted].reverse().sort((a, b) => (addressSortKey(a) < addressSortKey(b) ? -1 : 1)),
    sorted,
  );
});
