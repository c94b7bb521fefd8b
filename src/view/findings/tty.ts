import type { Finding, Severity } from '../../lint/finding.ts';
import { oneLine, oneLineInPlace } from '../one-line.ts';
import type { Paint } from '../paint.ts';

/** The files that findings point into. */
export interface FindingsOptions {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly paint: Paint;
}

/** For people: with the source line, carets under the place, and the way out. */
export function findingsText(findings: readonly Finding[], { files, paint }: FindingsOptions): string {
  const lines = new Map(files.map(({ name, text }) => [name, text.split(/\r?\n/)]));
  return findings
    .map(
      (finding) => `${headline(finding, paint)}\n${excerpt(finding, { source: lines.get(finding.range.file), paint })}`,
    )
    .join('');
}

const STYLES = { error: 'error', warning: 'warning', info: 'dim' } as const satisfies Record<
  Severity,
  Parameters<Paint>[0]
>;

/** `file:line:col: severity RULE name: message` */
export function headline({ range, severity, rule, name, message }: Finding, paint: Paint): string {
  const place = paint('bold', `${oneLine(range.file)}:${range.start.line}:${range.start.column}:`);
  return `${place} ${paint(STYLES[severity], severity)} ${rule} ${name}: ${oneLine(message)}`;
}

/** Columns of source shown at most: the rest of a very long line helps nobody. */
const MAX_COLUMNS = 160;

function excerpt(finding: Finding, { source, paint }: { source: readonly string[] | undefined; paint: Paint }): string {
  const { start, end } = finding.range;
  const line = source?.[start.line - 1];
  const hint = finding.hint === undefined ? '' : oneLine(finding.hint);
  if (line === undefined || line.trim() === '')
    return hint === '' ? '' : `${' '.repeat(6)}${paint('dim', '|')}  ${hint}\n`;
  const cut = start.column > MAX_COLUMNS ? start.column - 40 : 0;
  const shown = oneLineInPlace(line)
    .slice(cut, cut + MAX_COLUMNS)
    .trimEnd();
  const column = start.column - 1 - cut;
  const length = end.line === start.line ? end.column - start.column : shown.length - column;
  const carets = '^'.repeat(Math.max(1, Math.min(length, shown.length - column)));
  const number = paint('dim', `${String(start.line).padStart(5)} |`);
  const below = `${' '.repeat(column)}${paint(STYLES[finding.severity], carets)}${hint === '' ? '' : `  ${hint}`}`;
  return `${number} ${shown}\n${paint('dim', '      |')} ${below}\n`;
}
