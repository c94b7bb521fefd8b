import type { Finding, Severity } from '../../lint/finding.ts';
import { plural } from '../wording.ts';

/** `3 errors, 1 warning in 1 file`; infos are counted only when there are some. */
export function countFindings(findings: readonly Finding[], files: number): string {
  const count = (severity: Severity) => countOf(findings, severity);
  const infos = count('info');
  const counts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    ...(infos > 0 ? [`${infos} info`] : []),
  ];
  return `${counts.join(', ')} in ${plural(files, 'file')}`;
}

/** How many there are of one severity. */
export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.reduce((sum, finding) => sum + (finding.severity === severity ? 1 : 0), 0);
}
