import { type Finding, isAtLeast, type Severity } from '../../lint/finding.ts';
import type { SourceFile } from '../../spec/source.ts';
import { plainPaint } from '../paint.ts';
import type { FindingsReport } from './report.ts';
import { headline } from './tty.ts';
import { xmlAttributes, xmlText } from './xml.ts';

/** One test case for each finding; one that passes for each file without any, since CI systems take no tests for a failure. */
export function findingsJunit({ findings, files, failLevel, repositoryName }: FindingsReport): string {
  const failures = findings.filter(({ severity }) => isAtLeast(severity, failLevel));
  const byFile = Map.groupBy(findings, ({ range }) => range.file);
  const clean = files.filter(({ name }) => !byFile.has(name));
  const counts = {
    tests: findings.length + clean.length,
    failures: failures.length,
    errors: 0,
    skipped: 0,
    time: 0,
  };
  const suite = xmlAttributes({ name: 'lvsctl lint', ...counts });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${suite}>`,
    `  <testsuite${suite}>`,
    ...findings.map((finding) => testCase(finding, { failLevel, file: repositoryName(finding.range.file) })),
    ...clean.map((file) => passingCase(file, repositoryName)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function passingCase({ name }: SourceFile, nameOf: (file: string) => string): string {
  return `    <testcase${xmlAttributes({ classname: nameOf(name), name: 'no findings', file: nameOf(name), time: 0 })}/>`;
}

function testCase(finding: Finding, { failLevel, file }: { failLevel: Severity; file: string }): string {
  const { rule, name, severity, message, range, hint } = finding;
  const about = { classname: file, name: `${rule} ${name}`, file, line: range.start.line, time: 0 };
  const text = xmlText([headline(finding, plainPaint), ...(hint === undefined ? [] : [hint])].join('\n'));
  const body = isAtLeast(severity, failLevel)
    ? `<failure${xmlAttributes({ type: severity, message })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase${xmlAttributes(about)}>${body}</testcase>`;
}
