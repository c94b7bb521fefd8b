import { fingerprints } from '../../lint/fingerprint.ts';
import type { FindingsReport } from './report.ts';
import { withHint } from './with-hint.ts';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const;

/** GitLab Code Quality. Of findings with one fingerprint it shows the first only, so no two have the same. */
export function findingsGitlab({ findings, repositoryName }: FindingsReport): string {
  const issues = [...fingerprints(findings, repositoryName)].map(([finding, fingerprint]) => ({
    description: withHint(finding),
    check_name: `${finding.rule} ${finding.name}`,
    fingerprint,
    severity: SEVERITIES[finding.severity],
    location: { path: repositoryName(finding.range.file), lines: { begin: finding.range.start.line } },
  }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
