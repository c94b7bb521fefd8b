import type { Finding } from '../lint/finding.ts';

/** What `lint --format json` prints. A higher minor format version only adds; a reader refuses another major one. */
export interface FindingsDocument {
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.findings';
  readonly tool: { readonly name: 'lvsctl'; readonly version: string };
  readonly summary: {
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
  };
  readonly diagnostics: readonly Finding[];
}

export function findingsDocument(
  findings: readonly Finding[],
  { files, version }: { files: number; version: string },
): FindingsDocument {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  return {
    format_version: '1.0',
    kind: 'lvsctl.findings',
    tool: { name: 'lvsctl', version },
    summary: { files, errors: count('error'), warnings: count('warning'), infos: count('info') },
    diagnostics: findings,
  };
}
