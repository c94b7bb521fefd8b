import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { appendTextFile } from '../host/append-text-file.ts';
import { FORMATS, type FormatName } from '../view/findings/formats.ts';
import { findingsGithubSummary } from '../view/findings/github-summary.ts';
import type { FindingsReport } from '../view/findings/report.ts';
import type { Context } from './context.ts';
import type { LintOptions } from './lint-options.ts';
import { writeFile } from './write-file.ts';

/** The format that goes to a stream; throws where several want it. */
export function standardFormat({ env, stdout }: Context, { format = [] }: LintOptions): FormatName {
  const asked = format.filter(({ path }) => path === null);
  if (asked.length > 1)
    throw new UsageError('Several formats go to standard output; give all but one a file: --format sarif=out.sarif');
  if (asked[0] !== undefined) return asked[0].name;
  if (format.length === 0 && env.GITHUB_ACTIONS === 'true' && !stdout.isTTY) return 'github';
  return stdout.isTTY ? 'tty' : 'plain';
}

/** Shows a report in every format that is asked for. */
export async function writeReport(
  context: Context,
  report: FindingsReport,
  { standard, options }: { standard: FormatName; options: LintOptions },
): Promise<void> {
  // With --dry-run the diff has standard output for itself, so that another program can read it.
  const output = options.dryRun ? context.stderr : context.stdout;
  output.write(FORMATS[standard](report));
  const summary = context.env.GITHUB_STEP_SUMMARY;
  if (standard === 'github' && summary)
    await appendTextFile(resolve(context.cwd, summary), findingsGithubSummary(report));
  for (const { name, path } of options.format ?? [])
    if (path !== null) await writeFile(context, path, { text: FORMATS[name](report), mode: 0o644 });
}
