import type { HistoryEntry } from '../model/history.ts';
import { columns } from './columns.ts';
import { oneLine } from './one-line.ts';
import type { Paint } from './paint.ts';
import { plural, revisionText } from './wording.ts';

const HEADING = ['TIME', 'WHO', 'WHAT', 'SPEC', 'CHANGES', 'SNAPSHOT', 'RESULT'];

/** Who changed what, one line each. */
export function historyText(entries: readonly HistoryEntry[], paint: Paint): string {
  const [heading = '', ...lines] = columns([HEADING, ...entries.map(row)], { right: [] })
    .trimEnd()
    .split('\n');
  const painted = entries.map(({ result }, index) => paintResult(lines[index] ?? '', { result, paint }));
  return [heading, ...painted].map((line) => `${line}\n`).join('');
}

function paintResult(line: string, { result, paint }: Pick<HistoryEntry, 'result'> & { paint: Paint }): string {
  return result === 'done' ? line : paint(result === 'failed' ? 'error' : 'warning', line);
}

function row(entry: HistoryEntry): string[] {
  const { at, author, verb, snapshot, result, problem } = entry;
  const time = new Date(at).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const why = problem === '' ? '' : `: ${oneLine(problem)}`;
  return [time, oneLine(author), verb, specText(entry), changesText(entry), snapshot ?? '-', `${result}${why}`];
}

function specText({ spec }: HistoryEntry): string {
  if (spec === null) return '-';
  return spec.revision === null ? spec.digest.slice(0, 12) : revisionText(spec.revision);
}

function changesText({ counts, conf }: HistoryEntry): string {
  const all = counts.done + counts.failed + counts.skipped;
  const steps = counts.done === all ? plural(all, 'operation') : `${counts.done} of ${plural(all, 'operation')}`;
  const parts = [...(all > 0 ? [steps] : []), ...(conf === null ? [] : ['keepalived.conf'])];
  return parts.join(', ') || '-';
}
