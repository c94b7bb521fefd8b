import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../../src/lint/finding.ts';
import { countFindings } from '../../../src/view/findings/count.ts';
import { findingsPlain } from '../../../src/view/findings/plain.ts';
import { findingsText } from '../../../src/view/findings/tty.ts';
import { plainPaint } from '../../../src/view/paint.ts';

const at = (line: number, start: number, end: number, more: Partial<Finding> = {}): Finding => ({
  rule: 'LVS002',
  path: [],
  name: 'unknown-key',
  severity: 'error',
  message: 'Something is wrong',
  range: { file: 'a.lvs.yaml', start: { line, column: start }, end: { line, column: end } },
  ...more,
});

const shown = (text: string, finding: Finding) =>
  findingsText([finding], { files: [{ name: 'a.lvs.yaml', text }], paint: plainPaint })
    .split('\n')
    .slice(1);

const EXCERPTS: readonly (readonly [title: string, text: string, finding: Finding, lines: readonly string[]])[] = [
  [
    'carets stand under the place',
    'port: x\n',
    at(1, 7, 8, { hint: 'a number' }),
    ['    1 | port: x', '      |       ^  a number', ''],
  ],
  ['a tab counts as one column', '\tport: x', at(1, 8, 9), ['    1 |  port: x', '      |        ^', '']],
  ['a place of no length has one caret', 'port:', at(1, 6, 6), ['    1 | port:', '      |      ^', '']],
  [
    'a place over several lines is marked on its first',
    'a: [\n1]',
    { ...at(1, 4, 5), range: { file: 'a.lvs.yaml', start: { line: 1, column: 4 }, end: { line: 2, column: 3 } } },
    ['    1 | a: [', '      |    ^', ''],
  ],
  ['an empty line is not shown', '\n\n', at(2, 1, 2, { hint: 'write it' }), ['      |  write it', '']],
  ['control characters are shown as dots', 'a: \u001b[31m', at(1, 4, 5), ['    1 | a: ·[31m', '      |    ^', '']],
];

for (const [title, text, finding, lines] of EXCERPTS)
  test(title, () => {
    assert.deepEqual(shown(text, finding), lines);
  });

test('of a very long line only the part around the place is shown', () => {
  const [line = '', carets = ''] = shown(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, at(1, 501, 505));
  assert.ok(line.length < 180);
  assert.equal(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'HERE');
});

test('a line feed in a file name or a message cannot fake a finding', () => {
  const finding = at(1, 1, 2, { message: 'one\nb.lvs.yaml:1:1: error', range: { ...at(1, 1, 2).range, file: 'a\nb' } });
  assert.equal(findingsPlain([finding]), 'a\\u000ab:1:1: error LVS002 unknown-key: one\\u000ab.lvs.yaml:1:1: error\n');
});

test('the count names what there is, in the right number', () => {
  const findings = [at(1, 1, 1), at(1, 1, 1, { severity: 'warning' }), at(1, 1, 1, { severity: 'info' })];
  assert.equal(countFindings(findings, 2), '1 error, 1 warning, 1 info in 2 files');
  assert.equal(countFindings([], 1), '0 errors, 0 warnings in 1 file');
});
