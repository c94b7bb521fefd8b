import type { Finding } from '../../lint/finding.ts';
import type { Suppressed } from '../../lint/suppress.ts';
import { countOf } from './count.ts';
import type { FindingsReport } from './report.ts';

/** What `lint --format json` prints. A higher minor format version only adds; a reader refuses another major one. */
export interface FindingsDocument {
  readonly format_version: '1.1';
  readonly kind: 'lvsctl.findings';
  readonly tool: { readonly name: 'lvsctl'; readonly version: string };
  readonly summary: {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
  };
  readonly diagnostics: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly exit: FindingsReport['exit'];
}

export function findingsJson({ findings, suppressed, files, version, exit }: FindingsReport): string {
  const document: FindingsDocument = {
    format_version: '1.1',
    kind: 'lvsctl.findings',
    tool: { name: 'lvsctl', version },
    summary: {
      files: files.length,
      errors: countOf(findings, 'error'),
      warnings: countOf(findings, 'warning'),
      infos: countOf(findings, 'info'),
    },
    diagnostics: findings,
    suppressed,
    exit,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
