import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regexFault } from '../../src/lint/keepalived-regex.ts';

const FINE = [
  'ok',
  'status: "fine"',
  String.raw`\d{3} \w+ [a-z0-9_-]{2,8}!`,
  String.raw`a\.b\*c\$d\^e\{f\}g`,
  '(?i:healthy|running)',
  '(?:up|ok) (yes|no)',
  'a+?',
  'x{3}',
  String.raw`[^\s"'$]x`,
  String.raw`\x41\n`,
  String.raw`\bok!`,
  'Übersicht',
  '[a-]x',
  String.raw`[\w-]x`,
];

for (const pattern of FINE) test(`keepalived can match ${pattern}`, () => assert.equal(regexFault(pattern), undefined));

const FAULTS: readonly (readonly [pattern: string, fault: RegExp])[] = [
  ['^ok', /\^ is never found/],
  ['ok$', /\$ is never found/],
  ['(^|x)ok', /\^ is never found/],
  ['ok.*', /with \* at its end/],
  ['ok+', /with \+ at its end/],
  ['(ok)?', /with \? at its end/],
  ['((ok+))', /with \+ at its end/],
  ['o{2,}', /with \{2,\} at its end/],
  ['o{2,3}', /with \{2,3\} at its end/],
  [String.raw`ok\b`, /with \\b at its end/],
  ['(ok', /it is no regular expression/],
  ['ok)', /it is no regular expression/],
  ['*ok', /it is no regular expression/],
  ['a**b', /it is no regular expression/],
  ['[b-a]c', /it is no regular expression/],
  ['a{3,2}b', /it is no regular expression/],
  ['[]', /^\[\] is not in/],
  ['[^]x', /^\[\^\] is not in/],
  ['[abc', /^\[ is not in/],
  [']', /^\] is not in/],
  ['a{,3}b', /^\{,3\} is not in/],
  ['a{1000}b', /^\{1000\} is not in/],
  ['(ab){99}c', /^\) is not in/],
  ['é+b', /^é is not in/],
  ['[é]b', /^\[é\] is not in/],
  [String.raw`\u0041`, /^\\u is not in/],
  [String.raw`\p{L}b`, /^\\p is not in/],
  [String.raw`\1`, /^\\1 is not in/],
  [String.raw`\Qa\E`, /^\\Q is not in/],
  [String.raw`[\d-z]b`, /^\[\\d-z\] is not in/],
  [String.raw`[a-\d]b`, /^\[a-\\d\] is not in/],
  ['[[:alpha:]]b', /^\[\[:alpha:\] is not in/],
  ['(?=a)b', /^\(\?= is not in/],
  ['(?<=a)b', /^\(\?< is not in/],
  ['(?<name>a)b', /^\(\?< is not in/],
  ['(?i)ok', /^\(\?i is not in/],
  ['ok\\', /^\\ is not in/],
  ['a\u0001b', /is not in/],
  ['x'.repeat(201), /at most 200 characters/],
];

for (const [pattern, fault] of FAULTS)
  test(`${pattern.slice(0, 20)} is refused: ${fault.source}`, () => assert.match(regexFault(pattern) ?? 'fine', fault));
