import { xmlAttributes, xmlText } from '../findings/xml.ts';
import { plainPaint } from '../paint.ts';
import { type CaseReport, passed } from './case-report.ts';
import { caseDetails } from './case-text.ts';

/** A suite for each file, a test case for each case, as CI systems read JUnit's reports. */
export function casesJunit(cases: readonly CaseReport[]): string {
  const suites = [...Map.groupBy(cases, ({ range }) => range.file)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'lvsctl test', ...counts(cases) })}>`,
    ...suites.flatMap(([file, mine]) => [
      `  <testsuite${xmlAttributes({ name: file, ...counts(mine) })}>`,
      ...mine.map(testCase),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function counts(cases: readonly CaseReport[]): Record<string, number> {
  const failures = cases.filter((one) => !passed(one)).length;
  return { tests: cases.length, failures, errors: 0, skipped: 0, time: 0 };
}

function testCase(one: CaseReport): string {
  const { name, range } = one;
  const attributes = xmlAttributes({ classname: range.file, name, file: range.file, line: range.start.line, time: 0 });
  if (passed(one)) return `    <testcase${attributes}/>`;
  const message = one.mistakes[0]?.message ?? `${one.mismatches.map(({ what }) => what).join(', ')} differ`;
  const text = xmlText(caseDetails(one, plainPaint));
  return `    <testcase${attributes}><failure${xmlAttributes({ type: 'expectation', message })}>${text}</failure></testcase>`;
}
