import type { Finding, Range } from '../../lint/finding.ts';
import { plainPaint } from '../paint.ts';
import type { FindingsReport } from './report.ts';
import { headline } from './tty.ts';
import { withHint } from './with-hint.ts';

const SEVERITIES = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const;

/** reviewdog's own format. Fixes become suggestions that a reviewer takes over with a click. */
export function findingsRdjson({ findings, files, repositoryName }: FindingsReport): string {
  const lines = new Map(files.map(({ name, text }) => [name, text.split('\n')]));
  const inBytes = (range: Range) => byteRange(range, lines.get(range.file) ?? []);
  const context = { inBytes, repositoryName };
  const document = {
    source: { name: 'lvsctl' },
    severity: 'ERROR',
    diagnostics: findings.map((finding) => diagnostic(finding, context)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Context {
  readonly inBytes: (range: Range) => object;
  readonly repositoryName: (file: string) => string;
}

function diagnostic(finding: Finding, { inBytes, repositoryName }: Context): object {
  const { range, severity, rule, fix, related } = finding;
  const location = (place: Range) => ({ path: repositoryName(place.file), range: inBytes(place) });
  const [edit, ...others] = fix?.edits ?? [];
  return {
    message: withHint(finding),
    location: location(range),
    severity: SEVERITIES[severity],
    code: { value: rule },
    // Each suggestion is taken over by itself, so a fix of several edits is none.
    ...(edit !== undefined &&
      others.length === 0 &&
      edit.range.file === range.file && {
        suggestions: [{ range: inBytes(edit.range), text: edit.text }],
      }),
    ...(related !== undefined && {
      related_locations: related.map((other) => ({ message: other.message, location: location(other.range) })),
    }),
    original_output: headline(finding, plainPaint),
  };
}

/** Columns are bytes of UTF-8 from 1, the end is exclusive (reviewdog.proto). */
function byteRange({ start, end }: Range, lines: readonly string[]): object {
  const at = ({ line, column }: Range['start']) => ({
    line,
    column: Buffer.byteLength((lines[line - 1] ?? '').slice(0, column - 1)) + 1,
  });
  return { start: at(start), end: at(end) };
}
