import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseProblemMatchersJson } from '@rushstack/problem-matcher';
import { RDFormatValidator } from '@umbrelladocs/rdformat-validator';
import { findingsGcc } from '../../../src/view/findings/gcc.ts';
import { findingsGitlab } from '../../../src/view/findings/gitlab.ts';
import { findingsRdjson } from '../../../src/view/findings/rdjson.ts';
import { finding, NASTY, reportOf, sampleReport } from './sample-report.ts';

// Visual Studio Code's own matcher $gcc, with the number of the rule.
const GCC = String.raw`^(.*):(\d+):(\d+):\s+(?:fatal\s+)?(warning|error|note):\s+(.*)\s\[(\w+)\]\n$`;

test('gcc is read by the problem matcher of editors', () => {
  const [matcher] = parseProblemMatchersJson([
    { name: 'gcc', pattern: { regexp: GCC, file: 1, line: 2, column: 3, severity: 4, message: 5, code: 6 } },
  ]);
  const lines = findingsGcc(sampleReport()).split(/(?<=\n)/);
  assert.equal(lines.length, 4);
  const problem = matcher?.exec(lines[1] ?? '');
  assert.ok(problem);
  assert.deepEqual(
    [problem.file, problem.line, problem.column, problem.severity, problem.code, problem.message],
    [
      'lb/web & co.lvs.yaml',
      3,
      107,
      'error',
      'LVS102',
      'Port 81 of a differs from port 80 of web; forwarding dr cannot rewrite ports',
    ],
  );
  assert.equal(findingsGcc(reportOf([finding(NASTY)])).split('\n').length, 2);
});

test('gitlab is an array with a fingerprint of its own for each finding', () => {
  const issues = JSON.parse(findingsGitlab(reportOf([...sampleReport().findings, ...sampleReport().findings])));
  assert.equal(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size, 8);
  const { fingerprint, ...issue } = issues[2];
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual(issue, {
    description:
      'Weight 70000 of a is above 65535, which some builds of ipvsadm refuse (only the ratio of weights counts; divide them all)',
    check_name: 'LVS202 large-weight',
    severity: 'minor',
    location: { path: 'infra/lb/web & co.lvs.yaml', lines: { begin: 4 } },
  });
  assert.equal(findingsGitlab(reportOf([])), '[]\n');
});

test('rdjson is what reviewdog reads', async () => {
  const validator = new RDFormatValidator({ strictMode: true });
  for (const report of [sampleReport(), reportOf([]), reportOf([finding(NASTY)])]) {
    const { valid, errors } = await validator.validateString(findingsRdjson(report));
    assert.ok(valid, JSON.stringify(errors));
  }
});

test('rdjson counts bytes of UTF-8, where others count characters', () => {
  const { diagnostics } = JSON.parse(findingsRdjson(sampleReport()));
  const weight = sampleReport().findings[2]?.range.start.column ?? 0;
  // é has a byte more, and 𐐀 is two UTF-16 units and four bytes.
  assert.deepEqual(diagnostics[2].location.range.start, { line: 4, column: weight + 3 });
});

test('rdjson suggests a fix that is one edit', () => {
  const { diagnostics } = JSON.parse(findingsRdjson(sampleReport()));
  assert.deepEqual(diagnostics[3].suggestions, [
    { range: { start: { line: 6, column: 82 }, end: { line: 6, column: 100 } }, text: '' },
  ]);
  assert.equal(diagnostics[1].suggestions, undefined);
});
