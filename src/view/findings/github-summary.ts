import type { Finding } from '../../lint/finding.ts';
import { plural } from '../wording.ts';
import { countFindings } from './count.ts';
import type { FindingsReport } from './report.ts';
import { withHint } from './with-hint.ts';

/** A summary has at most 1 MiB, which these stay far below. */
const MOST_ROWS = 1000;

/** All findings as a table for the summary of a step; the annotations are only the first few. */
export function findingsGithubSummary({ findings, files, repositoryName }: FindingsReport): string {
  if (findings.length === 0) return '';
  const rows = findings.slice(0, MOST_ROWS).map((finding) => row(finding, repositoryName));
  const rest = findings.length - rows.length;
  const lines = [
    `### lvsctl lint: ${countFindings(findings, files.length)}`,
    '',
    '| Place | Severity | Rule | Finding |',
    '|---|---|---|---|',
    ...rows,
    ...(rest > 0 ? ['', `${plural(rest, 'more finding')}.`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function row(finding: Finding, nameOf: (file: string) => string): string {
  const { range, severity, rule, name } = finding;
  const place = `${nameOf(range.file)}:${range.start.line}`;
  return `| ${[place, severity, `${rule} ${name}`, withHint(finding)].map(plainMarkdown).join(' | ')} |`;
}

/** Text that Markdown and HTML leave as it is. */
function plainMarkdown(text: string): string {
  return text.replace(/[&<>|`*_[\]\\~@#!$]/g, (character) => `&#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
}
