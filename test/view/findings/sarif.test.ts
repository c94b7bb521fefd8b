import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import Ajv from 'ajv-draft-04';
import { findingsSarif } from '../../../src/view/findings/sarif.ts';
import { finding, NASTY, reportOf, sampleReport } from './sample-report.ts';

const SCHEMA = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isSarif = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

function parse(text: string) {
  const log = JSON.parse(text);
  assert.equal(isSarif(log), true, JSON.stringify(isSarif.errors));
  return log.runs[0];
}

test('a run with findings, fixes and exceptions is SARIF 2.1.0', () => {
  const run = parse(findingsSarif(sampleReport()));
  assert.deepEqual(
    run.results.map((result: { ruleId: string; level: string }) => `${result.ruleId} ${result.level}`),
    ['LVS206 note', 'LVS102 error', 'LVS202 warning', 'LVS113 error', 'LVS202 warning'],
  );
});

test('so is a run without any, which closes the alerts of the last one', () => {
  const run = parse(findingsSarif(reportOf([])));
  assert.deepEqual([run.results, run.automationDetails.id], [[], 'lvsctl/lint/']);
});

test('the schema refuses what is none', () => {
  const log = JSON.parse(findingsSarif(sampleReport()));
  log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
  assert.ok(!isSarif(log));
});

test('a result has its place from the root of the repository, the other place, and its rule', () => {
  const run = parse(findingsSarif(sampleReport()));
  const result = run.results[1];
  assert.deepEqual(result.locations[0].physicalLocation, {
    artifactLocation: { uri: 'infra/lb/web%20%26%20co.lvs.yaml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 3, startColumn: 107, endLine: 3, endColumn: 109 },
  });
  assert.deepEqual(result.relatedLocations[0].physicalLocation.region.startLine, 3);
  assert.equal(run.tool.driver.rules[result.ruleIndex].id, 'LVS102');
  assert.equal(run.columnKind, 'utf16CodeUnits');
});

test('a rule says all that GitHub asks for, and nothing empty', () => {
  const [rule] = parse(findingsSarif(sampleReport())).tool.driver.rules;
  for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
    assert.ok(text.length > 0 && text.length <= 1024);
  assert.ok(!findingsSarif(sampleReport()).includes('""'));
  assert.deepEqual(rule.properties, { tags: ['lvs'], precision: 'very-high', 'problem.severity': 'error' });
});

test('a fix is a replacement in the file', () => {
  const [fix] = parse(findingsSarif(sampleReport())).results[3].fixes;
  assert.equal(fix.description.text, 'Remove it');
  assert.deepEqual(fix.artifactChanges[0].replacements, [
    { deletedRegion: { startLine: 6, startColumn: 82, endLine: 6, endColumn: 100 } },
  ]);
});

test('what a comment turns off is there with its reason, and what a baseline knows too', () => {
  const { suppressed } = sampleReport();
  const known = { finding: finding('known'), by: 'baseline' as const, reason: '' };
  const results = parse(findingsSarif({ ...sampleReport(), suppressed: [...suppressed, known] })).results;
  assert.deepEqual(
    results.flatMap((result: { suppressions?: unknown[] }) => result.suppressions ?? []),
    [{ kind: 'inSource', justification: '"all" <tools> & hosts are new' }, { kind: 'external' }],
  );
});

test('a file outside of the repository has an absolute address', () => {
  const run = parse(findingsSarif(reportOf([finding('x')], { repositoryName: () => '/etc/lvs ctl/a.yaml' })));
  assert.deepEqual(run.results[0].locations[0].physicalLocation.artifactLocation, {
    uri: 'file:///etc/lvs%20ctl/a.yaml',
  });
});

test('fingerprints are unique, and stay when lines move', () => {
  const prints = (report: ReturnType<typeof sampleReport>) =>
    parse(findingsSarif(report)).results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['lvsctl/v1'],
    );
  const before = prints(sampleReport());
  assert.equal(new Set(before).size, before.length);
  const moved = sampleReport(`# moved\n\n${sampleReport().files[0]?.text ?? ''}`);
  assert.deepEqual(prints(moved), before);
});

test('of more results than GitHub takes the worst are kept', () => {
  const many = Array.from({ length: 25_001 }, (_, index) => finding(`warning ${index}`, { severity: 'warning' }));
  const { results } = parse(findingsSarif(reportOf([...many, finding('error')])));
  assert.deepEqual([results.length, results[0].message.text], [25_000, 'error']);
});

test('any text is SARIF', () => {
  assert.equal(parse(findingsSarif(reportOf([finding(NASTY, { hint: NASTY })]))).results.length, 1);
});
