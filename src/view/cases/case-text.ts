import { plural } from '../wording.ts';
import { oneLine } from '../one-line.ts';
import type { Paint } from '../paint.ts';
import { type CaseReport, passed } from './case-report.ts';

/** Each case with ok or FAILED; below a failed one what was expected and what was seen. */
export function casesText(cases: readonly CaseReport[], paint: Paint): string {
  return cases.map((one) => `${headline(one, paint)}\n${caseDetails(one, paint)}`).join('');
}

/** `3 passed, 1 failed in 2 files` */
export function countCases(cases: readonly CaseReport[], files: number): string {
  const good = cases.filter(passed).length;
  return `${good} passed, ${cases.length - good} failed in ${plural(files, 'file')}`;
}

function headline(one: CaseReport, paint: Paint): string {
  const verdict = passed(one) ? paint('add', 'ok') : paint('error', 'FAILED');
  const { file, start } = one.range;
  return `${verdict}  ${oneLine(one.name)}${passed(one) ? '' : `  ${oneLine(file)}:${start.line}`}`;
}

/** The lines that differ, under what they are lines of: `-` was expected, `+` was seen. */
export function caseDetails({ mistakes, mistakeRanges, mismatches }: CaseReport, paint: Paint): string {
  const wrong = mistakes.map(({ message }, index) => {
    const { file, start } = mistakeRanges[index] ?? { file: '', start: { line: 0, column: 0 } };
    return `    ${oneLine(`${file}:${start.line}:${start.column}: ${message}`)}\n`;
  });
  const differing = mismatches.map(({ what, edits }) => {
    const lines = edits.map(({ mark, text }) => {
      const line = `      ${mark} ${oneLine(text)}`;
      return `${mark === ' ' ? line : paint(mark === '-' ? 'remove' : 'add', line)}\n`;
    });
    return `    ${what}: - expected, + seen\n${lines.join('')}`;
  });
  return [...wrong, ...differing].join('');
}
