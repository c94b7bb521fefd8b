import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'junit2json';
import type { CaseReport } from '../../../src/view/cases/case-report.ts';
import { casesJunit } from '../../../src/view/cases/case-junit.ts';

function report(name: string, wrong: Partial<CaseReport> = {}): CaseReport {
  const at = { line: 3, column: 3 };
  const range = { file: 'a&b.lvs-test.yaml', start: at, end: at };
  return { name, range, mistakes: [], mistakeRanges: [], mismatches: [], ...wrong };
}

test('a reader of JUnit sees each case, its place, and what differs, whatever the texts hold', async () => {
  const edits = [{ mark: '-', text: '<web>: lb1\u0007' } as const, { mark: '+', text: '"web": lb2' } as const];
  const text = casesJunit([
    report('good & "well"'),
    report(']]> is no end', { mismatches: [{ what: 'holders', edits }] }),
  ]);
  const document = await parse(text);
  assert.ok(document && 'testsuite' in document);
  const [suite] = document.testsuite ?? [];
  assert.deepEqual([document.tests, document.failures, suite?.name], [2, 1, 'a&b.lvs-test.yaml']);
  const [good, bad] = suite?.testcase ?? [];
  assert.deepEqual([good?.name, good?.failure], ['good & "well"', undefined]);
  assert.equal(bad?.name, ']]> is no end');
  assert.equal(bad?.failure?.[0]?.message, 'holders differ');
  assert.match(bad?.failure?.[0]?.inner ?? '', /- <web>: lb1.*\n.*\+ "web": lb2/);
});
