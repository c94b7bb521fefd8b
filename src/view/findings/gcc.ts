import { oneLine } from '../one-line.ts';
import type { FindingsReport } from './report.ts';

/** As a compiler says it, for editors and CI systems that read gcc: `file:line:col: warning: message [LVS102]`. */
export function findingsGcc({ findings }: FindingsReport): string {
  return findings
    .map(({ range: { file, start }, severity, message, rule }) => {
      const place = `${oneLine(file)}:${start.line}:${start.column}`;
      return `${place}: ${WORDS[severity]}: ${oneLine(message)} [${rule}]\n`;
    })
    .join('');
}

const WORDS = { error: 'error', warning: 'warning', info: 'note' } as const;
