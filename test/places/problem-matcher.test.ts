import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Finding } from '../../src/lint/finding.ts';
import { findingsPlain } from '../../src/view/findings/plain.ts';

type Field = 'file' | 'line' | 'column' | 'severity' | 'code' | 'message';

interface Matcher {
  readonly owner: string;
  readonly pattern: readonly [{ readonly regexp: string } & Readonly<Record<Field, number>>];
}

const { problemMatcher: MATCHERS } = JSON.parse(readFileSync('templates/problem-matcher.json', 'utf8')) as {
  problemMatcher: readonly Matcher[];
};

const FINDING: Finding = {
  rule: 'LVS102',
  name: 'dr-port-mismatch',
  severity: 'error',
  path: [],
  message: 'Port 8080 of web-1: it differs [80]',
  range: { file: 'lb/my web.lvs.yaml', start: { line: 14, column: 11 }, end: { line: 14, column: 15 } },
};

const PLACE = { file: 'lb/my web.lvs.yaml', line: '14', column: '11', code: 'LVS102' };

/** As GitHub's runner does it: each matcher on the line without its end; the groups that the pattern names. */
function problemsIn(line: string) {
  return MATCHERS.flatMap(({ owner, pattern: [{ regexp, ...groups }] }) => {
    const match = new RegExp(regexp).exec(line);
    if (match === null) return [];
    const fields = Object.entries(groups).map(([field, group]) => [field, match[group]]);
    return [{ matcherName: owner, ...Object.fromEntries(fields) }];
  });
}

for (const severity of ['error', 'warning'] as const) {
  test(`one matcher takes the ${severity} that lint prints, with its place`, () => {
    const [problem, other] = problemsIn(findingsPlain([{ ...FINDING, severity }]).trimEnd());
    assert.equal(other, undefined);
    assert.deepEqual({ ...PLACE, severity, message: FINDING.message, matcherName: 'lvsctl' }, { ...problem });
  });

  test(`the other takes the ${severity} of --format gcc`, () => {
    const [problem, other] = problemsIn(`lb/my web.lvs.yaml:14:11: ${severity}: ${FINDING.message} [LVS102]`);
    assert.equal(other, undefined);
    assert.deepEqual({ ...PLACE, severity, message: FINDING.message, matcherName: 'lvsctl-gcc' }, { ...problem });
  });
}

test('no matcher takes anything else that lvsctl prints', () => {
  const lines = [
    '1 error, 0 warnings in 1 file',
    '    5 |     port: 80',
    findingsPlain([{ ...FINDING, severity: 'info' }]).trimEnd(),
  ];
  assert.deepEqual(lines.flatMap(problemsIn), []);
});
