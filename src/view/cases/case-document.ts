import { type CaseReport, passed } from './case-report.ts';

/** What `lvsctl test -o json` prints. A higher minor version only adds. */
export function casesDocument(
  cases: readonly CaseReport[],
  { files, version }: { files: number; version: string },
): object {
  const failed = cases.filter((one) => !passed(one)).length;
  return {
    format_version: '1.0',
    kind: 'lvsctl.test',
    tool: { name: 'lvsctl', version },
    summary: { files, passed: cases.length - failed, failed },
    cases: cases.map((one) => ({
      name: one.name,
      passed: passed(one),
      range: one.range,
      mistakes: one.mistakes.map(({ message }, index) => ({ message, range: one.mistakeRanges[index] })),
      mismatches: one.mismatches.map(({ what, edits }) => ({
        what,
        expected: edits.filter(({ mark }) => mark !== '+').map(({ text }) => text),
        seen: edits.filter(({ mark }) => mark !== '-').map(({ text }) => text),
      })),
    })),
  };
}
