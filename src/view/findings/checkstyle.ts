import type { Finding } from '../../lint/finding.ts';
import type { FindingsReport } from './report.ts';
import { withHint } from './with-hint.ts';
import { xmlAttributes } from './xml.ts';

/** Checkstyle's XML, which many CI systems and reviewdog read. */
export function findingsCheckstyle({ findings, repositoryName }: FindingsReport): string {
  const files = [...Map.groupBy(findings, ({ range }) => range.file)].flatMap(([file, some]) => [
    `  <file${xmlAttributes({ name: repositoryName(file) })}>`,
    ...some.map((finding) => `    <error${xmlAttributes(errorAttributes(finding))}/>`),
    '  </file>',
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">', ...files, '</checkstyle>', ''].join(
    '\n',
  );
}

function errorAttributes(finding: Finding): Record<string, string | number> {
  const { range, severity, rule } = finding;
  const { line, column } = range.start;
  return { line, column, severity, message: withHint(finding), source: `lvsctl.${rule}` };
}
