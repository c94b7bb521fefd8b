import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../src/lint/finding.ts';
import { fixAll } from '../../src/lint/fix-all.ts';
import { lint } from '../../src/lint/lint.ts';
import { loadSpec } from '../../src/spec/load.ts';
import type { SourceFile } from '../../src/spec/source.ts';

const findingsOf = (files: readonly SourceFile[]) => lint(loadSpec(files));
const one = (text: string): readonly SourceFile[] => [{ name: 'a.lvs.yaml', text }];

test('what a fix brings to light is fixed in the next round', () => {
  const { files, fixed } = fixAll(
    one('version: "1"\nservces:\n  web: { vip: 192.0.2.10, prot: "80", forwarding: nat, servers: { a: 10.0.0.1 } }\n'),
    findingsOf,
  );
  assert.equal(fixed, 4);
  assert.equal(
    files[0]?.text,
    'version: 1\nservices:\n  web: { vip: 192.0.2.10, port: 80, forwarding: nat, servers: { a: 10.0.0.1 } }\n',
  );
});

test('several files of one spec are fixed together', () => {
  const files = [
    {
      name: 'a.lvs.yaml',
      text: 'version: 1\nservices:\n  web: { vip: 192.0.2.10, prot: 80, forwarding: nat, servers: { a: 10.0.0.1 } }\n',
    },
    {
      name: 'b.lvs.yaml',
      text: 'services:\n  mail: { vip: 192.0.2.10, port: "25", forwarding: nat, servers: { a: 10.0.0.1 } }\n',
    },
  ];
  const { files: then } = fixAll(files, findingsOf);
  assert.ok(then[0]?.text.includes('port: 80') && then[1]?.text.includes('port: 25'));
});

test('a fix that undoes another one ends all the same', () => {
  const swap = (files: readonly SourceFile[]): Finding[] => {
    const isOne = files[0]?.text === 'cluster: a\n';
    const range = { file: 'a.lvs.yaml', start: { line: 1, column: 10 }, end: { line: 1, column: 11 } };
    const fix = { description: 'Swap', edits: [{ range, text: isOne ? 'b' : 'a' }] };
    return [{ rule: 'LVS202', name: 'x', severity: 'error', message: 'x', range, path: ['cluster'], fix }];
  };
  assert.deepEqual(fixAll(one('cluster: a\n'), swap).files[0]?.text, 'cluster: b\n');
});

test('a fix that would leave a text that cannot be read is left out', () => {
  const breaking = (): Finding[] => {
    const range = { file: 'a.lvs.yaml', start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
    const fix = { description: 'Break', edits: [{ range, text: '{ ' }] };
    return [{ rule: 'LVS202', name: 'x', severity: 'error', message: 'x', range, path: [], fix }];
  };
  assert.deepEqual(fixAll(one('version: 1\n'), breaking).fixed, 0);
});

const KEYS = [
  'version: 1',
  'services:',
  '  web: {}',
  '    vip: "::"',
  'port: "80"',
  '- a',
  '# x',
  '&a',
  '*a',
  'x: [1, 1]',
  '\t',
  '{',
  ' prot: 1',
  'vip: 2001:db8::',
  '\u{10000}',
];

test('any text is fixed or left, and it ends', () => {
  const text = fc.array(fc.constantFrom(...KEYS), { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, (given) => {
      const first = fixAll(one(given), findingsOf);
      assert.deepEqual(fixAll(first.files, findingsOf).fixed, 0);
    }),
    { numRuns: 300 },
  );
});
