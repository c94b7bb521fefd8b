import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { discoverSpecs } from '../host/spec-directory.ts';
import { type Finding, isAtLeast } from '../lint/finding.ts';
import { lintTogether } from '../lint/lint-together.ts';
import { VERSION } from '../version.ts';
import { countFindings, countOf } from '../view/findings/count.ts';
import type { FindingsReport } from '../view/findings/report.ts';
import { unifiedDiff } from '../view/unified-diff.ts';
import { plural } from '../view/wording.ts';
import type { Context } from './context.ts';
import type { ExitDocument } from './exit-document.ts';
import { baseFindings } from './lint-base.ts';
import { loadBaseline, saveBaseline, tellGone } from './lint-baseline.ts';
import { addLintOptions, type LintOptions } from './lint-options.ts';
import { standardFormat, writeReport } from './lint-output.ts';
import { judgeSpec, type LintResult, type OpenedSpec, openSpec } from './lint-spec.ts';
import { outputPaint } from './output-paint.ts';

/** Is this a spec, and a wise one? Offline, without rights, the same answer everywhere. */
export function lintCommand(program: Command, context: Context): void {
  const command = program
    .command('lint')
    .alias('validate')
    .summary('find mistakes in specs')
    .description(
      'Checks specs without touching the system. Every PATH is a spec of its own: a file, a directory whose files make one spec, ' +
        'or - for standard input. Without PATH every directory below this one that holds *.lvs.yaml files is checked.\n\n' +
        'A spec says what it wants to hear in its lint section, and for one line in a comment:\n' +
        '  # lvsctl-disable-next-line LVS202 -- why that is right here\n\n' +
        'Exit codes: 0 nothing wrong; 1 a file cannot be read; 3 there are findings of --fail-level or above, or too many warnings.',
    )
    .argument('[path...]', 'spec file or directory; - reads standard input');
  addLintOptions(command, context).action(async (paths: string[], options: LintOptions) =>
    runLint(context, { paths, options }),
  );
}

async function runLint(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: LintOptions },
): Promise<void> {
  if (options.dryRun && !options.fix) throw new UsageError('--dry-run goes with --fix');
  const standard = standardFormat(context, options);
  const started = context.now();
  const baseline = await loadBaseline(context, options.baseline);
  const opened: OpenedSpec[] = [];
  const specs = await listSpecs(context, { paths, options });
  for (const spec of specs) opened.push(await openSpec(context, { paths: spec, options, baseline }));
  const between = lintTogether(opened.map(({ loaded }) => loaded));
  const results: LintResult[] = [];
  for (const spec of opened) {
    const beside = await baseFindings(context, { base: options.base, spec, isOnly: specs.length === 1 });
    results.push(judgeSpec(spec, [...between, ...beside]));
  }
  if (options.fix) tellFixes(context, { results, dryRun: options.dryRun ?? false });
  if (options.writeBaseline !== undefined) {
    await saveBaseline(context, options.writeBaseline, results);
    return context.exit(EXIT.done);
  }
  const report = makeReport(context, { results, options });
  await writeReport(context, report, { standard, options });
  if (baseline !== null) tellGone(context, { path: options.baseline ?? '', baseline, results });
  const counts = countFindings(allFindings(results), report.files.length);
  context.stderr.write(`${counts} (${sizeOf(results)}, ${context.now() - started} ms)\n`);
  context.exit(report.exit.code);
}

function makeReport(
  context: Context,
  { results, options }: { results: readonly LintResult[]; options: LintOptions },
): FindingsReport & { readonly exit: ExitDocument } {
  const names = new Map(results.flatMap((result) => [...result.names]));
  const findings = allFindings(results);
  return {
    findings: findings.filter(({ severity }) => isAtLeast(severity, options.level)),
    suppressed: results.flatMap(({ suppressed }) => suppressed),
    files: results.flatMap(({ files }) => files),
    repositoryName: (file) => names.get(file) ?? file,
    failLevel: options.failLevel,
    paint: outputPaint(context, context.stdout),
    version: VERSION,
    exit: judgeExit(findings, options),
  };
}

function allFindings(results: readonly LintResult[]): readonly Finding[] {
  return results.flatMap(({ findings }) => findings);
}

/** The paths of each spec. */
async function listSpecs(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: LintOptions },
): Promise<readonly (readonly string[])[]> {
  if (paths.length === 0) return await discoverSpecs(context.cwd);
  return options.together ? [paths] : paths.map((path) => [path]);
}

function tellFixes(context: Context, { results, dryRun }: { results: readonly LintResult[]; dryRun: boolean }): void {
  const changes = results.flatMap((result) => result.changes);
  if (dryRun) context.stdout.write(changes.map(({ name, before, after }) => unifiedDiff(name, before, after)).join(''));
  const fixed = results.reduce((sum, result) => sum + result.fixed, 0);
  context.stderr.write(
    `${dryRun ? 'Would fix' : 'Fixed'} ${plural(fixed, 'finding')} in ${plural(changes.length, 'file')}\n`,
  );
}

function judgeExit(findings: readonly Finding[], { failLevel, maxWarnings }: LintOptions): ExitDocument {
  if (findings.some(({ severity }) => isAtLeast(severity, failLevel)))
    return { code: EXIT.findings, reason: 'findings' };
  if (maxWarnings !== undefined && countOf(findings, 'warning') > maxWarnings)
    return { code: EXIT.findings, reason: 'max-warnings' };
  return { code: EXIT.done, reason: 'clean' };
}

function sizeOf(results: readonly LintResult[]): string {
  const services = results.reduce((sum, result) => sum + result.services, 0);
  const servers = results.reduce((sum, result) => sum + result.servers, 0);
  return `${plural(services, 'service')}, ${plural(servers, 'real server')}`;
}
