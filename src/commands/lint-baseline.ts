import { resolve } from 'node:path';
import { OperationError } from '../errors.ts';
import { readTextFile } from '../host/read-text-file.ts';
import { type Baseline, baselineEntries, formatBaseline, goneEntries, readBaseline } from '../lint/baseline.ts';
import { oneLine } from '../view/one-line.ts';
import { countText, plural } from '../view/wording.ts';
import type { Context } from './context.ts';
import type { LintResult } from './lint-spec.ts';
import { writeFile } from './write-file.ts';

/** The baseline that is named, or null. */
export async function loadBaseline({ cwd }: Context, path: string | undefined): Promise<Baseline | null> {
  if (path === undefined) return null;
  const baseline = readBaseline(await readTextFile(resolve(cwd, path)));
  if (typeof baseline !== 'string') return baseline;
  throw new OperationError(`Cannot use ${path} as a baseline: ${baseline}`, {
    hints: ['Write it with: lvsctl lint --write-baseline FILE'],
  });
}

/** Writes one of all that was found, what the former one knew included. */
export async function saveBaseline(context: Context, path: string, results: readonly LintResult[]): Promise<void> {
  const entries = results.flatMap(({ findings, suppressed, names }) => {
    const known = suppressed.flatMap(({ finding, by }) => (by === 'baseline' ? [finding] : []));
    return baselineEntries([...findings, ...known], (file) => names.get(file) ?? file);
  });
  await writeFile(context, path, { text: formatBaseline(entries), mode: 0o644 });
}

/** Entries to be told by name; the rest is counted. */
const MOST_TOLD = 10;

/** Tells what a baseline knows and is no longer so. */
export function tellGone(
  context: Context,
  { path, baseline, results }: { path: string; baseline: Baseline; results: readonly LintResult[] },
): void {
  const gone = goneEntries(baseline, {
    seen: results.flatMap(({ seen }) => seen),
    files: results.flatMap(({ names }) => [...names.values()]),
  });
  if (gone.length === 0) return;
  const told = gone
    .slice(0, MOST_TOLD)
    .map(({ rule, file, message }) => `  ${rule} ${oneLine(file)}: ${oneLine(message)}`);
  const rest = gone.length - told.length;
  const lines = [
    `${plural(gone.length, 'finding')} of ${path} ${gone.length === 1 ? 'is' : 'are'} gone; write it anew with --write-baseline:`,
    ...told,
    ...(rest > 0 ? [`  and ${countText(rest)} more`] : []),
  ];
  context.stderr.write(`${lines.join('\n')}\n`);
}
