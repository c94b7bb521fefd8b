import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  baselineEntries,
  compareWithBaseline,
  formatBaseline,
  goneEntries,
  readBaseline,
} from '../../src/lint/baseline.ts';
import type { Finding } from '../../src/lint/finding.ts';
import { fingerprints } from '../../src/lint/fingerprint.ts';

const at = (line: number, more: Partial<Finding> = {}): Finding => ({
  rule: 'LVS202',
  name: 'large-weight',
  severity: 'warning',
  message: 'Weight 70000 is too much',
  range: { file: 'a.lvs.yaml', start: { line, column: 1 }, end: { line, column: 2 } },
  path: ['services', 'web', 'weight'],
  ...more,
});

const itself = (name: string) => name;
const print = (finding: Finding) => [...fingerprints([finding], itself).values()][0];

const CHANGES: readonly (readonly [what: string, more: Partial<Finding>, same: boolean])[] = [
  ['the line', { range: at(99).range }, true],
  ['the severity', { severity: 'error' }, true],
  ['the hint', { hint: 'divide it' }, true],
  ['the rule', { rule: 'LVS203' }, false],
  ['the file', { range: { ...at(1).range, file: 'b.lvs.yaml' } }, false],
  ['the path', { path: ['services', 'mail', 'weight'] }, false],
  ['the message', { message: 'Weight 80000 is too much' }, false],
];

for (const [what, more, same] of CHANGES)
  test(`a fingerprint ${same ? 'stays' : 'changes'} with ${what}`, () => {
    assert.equal(print(at(1)) === print(at(1, more)), same);
  });

test('the line of another place in a message does not count', () => {
  const says = (line: number) => at(1, { message: `services.web stands at b.lvs.yaml:${line} as well` });
  assert.equal(print(says(3)), print(says(30)));
  assert.notEqual(print(at(1, { message: 'tcp 10.0.0.1:80' })), print(at(1, { message: 'tcp 10.0.0.1:81' })));
});

test('findings that are the same but for their lines have fingerprints of their own', () => {
  assert.equal(new Set(fingerprints([at(1), at(2), at(3)], itself).values()).size, 3);
});

function baselineOf(findings: readonly Finding[]) {
  const baseline = readBaseline(formatBaseline(baselineEntries(findings, itself)));
  assert.ok(typeof baseline !== 'string', String(baseline));
  return baseline;
}

test('what a baseline knows is known wherever it stands now, and what is new is new', () => {
  const baseline = baselineOf([at(1), at(5, { path: ['gone'] })]);
  const { fresh, known, seen } = compareWithBaseline(baseline, [at(7), at(8, { path: ['new'] })], itself);
  assert.deepEqual([fresh.map(({ path }) => path), known.length], [[['new']], 1]);
  assert.deepEqual(goneEntries(baseline, { seen, files: ['a.lvs.yaml'] }).length, 1);
  assert.deepEqual(goneEntries(baseline, { seen, files: ['b.lvs.yaml'] }), [], 'files that were not looked at');
});

test('one more of the same is new', () => {
  const { fresh, known } = compareWithBaseline(baselineOf([at(1)]), [at(1), at(2)], itself);
  assert.deepEqual([fresh.length, known.length], [1, 1]);
});

test('what keeps a spec from being read is never known', () => {
  const broken = at(1, { rule: 'LVS001' });
  const baseline = baselineOf([broken]);
  assert.deepEqual(baseline.findings, []);
  const forged = {
    ...baseline,
    findings: [{ fingerprint: print(broken) ?? '', rule: 'LVS001', file: 'a', message: 'x' }],
  };
  assert.deepEqual(compareWithBaseline(forged, [broken], itself).fresh, [broken]);
});

test('the file has one order, whatever that of the findings', () => {
  const [a, b] = [at(1), at(2, { path: ['services', 'mail'] })];
  const entries = (findings: readonly Finding[]) => formatBaseline(baselineEntries(findings, itself));
  assert.equal(entries([a, b]), entries([b, a]));
});

const BROKEN: readonly (readonly [text: string, wrong: RegExp])[] = [
  ['{', /not JSON/],
  ['null', /no baseline/],
  ['[]', /no baseline/],
  ['{"kind":"lvsctl.baseline"}', /format_version is undefined/],
  ['{"kind":"lvsctl.baseline","format_version":"2.0","findings":[]}', /format_version is 2\.0/],
  ['{"kind":"lvsctl.baseline","format_version":"1.0"}', /not a list/],
  ['{"kind":"lvsctl.baseline","format_version":"1.3","findings":[{"rule":1}]}', /not a list/],
];

for (const [text, wrong] of BROKEN)
  test(`${text} is no baseline`, () => {
    assert.match(String(readBaseline(text)), wrong);
  });
