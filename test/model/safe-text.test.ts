import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unsafePart } from '../../src/model/safe-text.ts';

for (const text of ['', 'a b', 'a # ! { } b', "it's", '$', 'cost $5', 'ünïcode', 'a{b}'])
  test(`${JSON.stringify(text)} can be a word of keepalived.conf`, () => assert.equal(unsafePart(text), undefined));

const UNSAFE: readonly (readonly [text: string, what: RegExp])[] = [
  ['a"b', /double quote/],
  ['a\nb', /control character/],
  ['a\u0000', /control character/],
  ['$HOME', /\$ before a name/],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample is such a text
  ['x${_ENV X}', /\$ before a name/],
  ['a\\b', /backslash/],
  ['}', /brace alone/],
  ['ü'.repeat(451), /more bytes/],
];

for (const [text, what] of UNSAFE)
  test(`${JSON.stringify(text.slice(0, 20))} cannot: ${what.source}`, () => assert.match(unsafePart(text) ?? '', what));
