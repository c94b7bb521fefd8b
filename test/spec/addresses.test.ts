import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, prefixedAddress } from '../../src/spec/addresses.ts';

const GOOD: readonly (readonly [text: string, canonical: string])[] = [
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8::0:1', '2001:db8::1'],
  ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
  ['::', '::'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
];

for (const [text, canonical] of GOOD)
  test(`${text} is ${canonical}`, () => {
    assert.equal(address().parse(text).text, canonical);
  });

const BAD: readonly (readonly [value: unknown, hint: RegExp])[] = [
  ['010.0.0.1', /leading zeros mean octal/],
  ['0300.0.2.9', /leading zeros mean octal/],
  ['10.1', /all four parts/],
  [10.1, /all four parts/],
  ['3221225985', /all four parts/],
  ['0xC0000201', /dotted decimal/],
  ['192.0.2.256', /0 to 255/],
  ['192.0.2.1.5', /four parts/],
  ['192.0.2.1/24', /write 192\.0\.2\.1, without the prefix length/],
  ['2001:db8::1/64', /write 2001:db8::1, without the prefix length/],
  ['192.0.2.1:80', /own key: 192\.0\.2\.1$/],
  ['[2001:db8::1]:80', /own key: 2001:db8::1$/],
  ['[2001:db8::1]', /without brackets/],
  ['fe80::1%eth0', /zone ids/],
  ['2001:db8:::1', /eight at most, one :: at most/],
  ['1:2:3:4:5:6:7:8:9', /eight at most/],
  [' 192.0.2.1', /blank/],
  ['www.example.com', /never resolved/],
  ['localhost', /never resolved/],
];

for (const [value, hint] of BAD)
  test(`${JSON.stringify(value)} is no address, and the hint says why`, () => {
    const issue = address().safeParse(value).error?.issues[0] as
      | { message?: string; params?: { hint?: string } }
      | undefined;
    assert.match(issue?.message ?? '', /^must be an IP address, not /);
    assert.match(issue?.params?.hint ?? '', hint);
  });

test('an address with a prefix length keeps both', () => {
  assert.deepEqual(prefixedAddress().parse('2001:DB8::1/64'), {
    address: { family: 'ipv6', text: '2001:db8::1' },
    prefixLength: 64,
  });
  assert.equal(prefixedAddress().parse('192.0.2.1').prefixLength, null);
});

for (const text of [
  '192.0.2.1/33',
  '192.0.2.1/',
  '192.0.2.1/24/24',
  '192.0.2.1/024',
  '2001:db8::/129',
  '192.0.2.1/255.255.255.0',
])
  test(`${text} has no good prefix length`, () => {
    assert.match(prefixedAddress().safeParse(text).error?.issues[0]?.message ?? '', /prefix length from 0 to (32|128)/);
  });
