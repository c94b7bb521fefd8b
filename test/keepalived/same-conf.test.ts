import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sameConf } from '../../src/keepalived/same-conf.ts';

const CONF =
  'vrrp_instance "VI 1" {\n    priority 100 # first\n    virtual_ipaddress {\n        10.0.0.1/24 dev eth0\n    }\n}\n';

const SAME: readonly (readonly [title: string, other: string])[] = [
  ['comments', CONF.replace('# first', '! second')],
  ['no comments', CONF.replace(' # first', '')],
  ['blank lines', `\n${CONF.replaceAll('\n', '\n\n  \n')}`],
  ['indentation', CONF.replaceAll('    ', '\t')],
  ['blanks between words', CONF.replace('priority 100', 'priority    100')],
  ['CRLF', CONF.replaceAll('\n', '\r\n')],
  ['braces on lines of their own', CONF.replaceAll(' {', '\n{\n')],
  ['all on few lines', CONF.replace('{\n        10', '{ 10').replace('eth0\n    }\n}', 'eth0 } }')],
];

for (const [title, other] of SAME)
  test(`differs in nothing that counts: ${title}`, () => {
    assert.notEqual(other, CONF);
    assert.ok(sameConf(CONF, other));
    assert.ok(sameConf(other, CONF));
  });

const OTHER: readonly (readonly [title: string, other: string])[] = [
  ['a value', CONF.replace('100', '101')],
  ['a value that becomes a comment', CONF.replace('priority 100', 'priority #100')],
  ['a line less', CONF.replace('        10.0.0.1/24 dev eth0\n', '')],
  ['a line break', CONF.replace('100 # first', '\n100')],
  ['a block that ends elsewhere', CONF.replace('100 # first', '100 }').replace(/\}\n$/, '')],
  ['blanks in quotes', CONF.replace('"VI 1"', '"VI  1"')],
  ['quotes, since commands read them otherwise', CONF.replace('eth0', '"eth0"')],
  ['an include', `${CONF}include a.conf\n`],
  ['a line for one host', `${CONF}@lb1 a\n`],
  ['a brace that is missing', CONF.replace(/\}\n$/, '')],
];

for (const [title, other] of OTHER)
  test(`differs in what counts: ${title}`, () => {
    assert.notEqual(other, CONF);
    assert.ok(!sameConf(CONF, other));
    assert.ok(!sameConf(other, CONF));
  });

test('blanks within single quotes count, since they do in a command', () => {
  assert.ok(!sameConf("notify_up '/bin/x a  b'", "notify_up '/bin/x a b'"));
});

test('a definition of several lines counts', () => {
  assert.ok(!sameConf('$X= \\\na \\\nb', '$X= \\\na \\\nc'));
});

test('a comment at the end of any line changes nothing', () => {
  const line = fc.stringMatching(/^[a-z {}0-9.]*$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.string({ unit: 'grapheme-ascii' }))), (rows) => {
      const plain = rows.map(([text]) => text).join('\n');
      const commented = rows.map(([text, comment]) => `${text} # ${comment.replaceAll('\\', '')}`).join('\n');
      assert.ok(sameConf(plain, commented));
    }),
  );
});
