import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { readSpecFiles, type SpecFile } from '../host/files.ts';
import { discoverSpecs } from '../host/spec-directory.ts';
import type { Finding, Severity } from '../lint/finding.ts';
import { lint } from '../lint/lint.ts';
import { loadSpec } from '../spec/load.ts';
import { countFindings, findingsPlain, findingsText, plural } from '../view/findings.ts';
import { findingsDocument } from '../view/findings-document.ts';
import { VERSION } from '../version.ts';
import type { Context } from './context.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { addEnvOption } from './options.ts';
import { outputPaint } from './output-paint.ts';

interface LintOptions {
  readonly format?: 'plain' | 'tty' | 'json';
  readonly level: Severity;
  readonly failLevel: Severity;
  readonly together?: boolean;
}

const LEVELS = ['error', 'warning', 'info'] as const;

/** Is this a spec, and a wise one? Offline, without rights, the same answer everywhere. */
export function lintCommand(program: Command, context: Context): void {
  const command = program
    .command('lint')
    .alias('validate')
    .summary('find mistakes in specs')
    .description(
      'Checks specs without touching the system. Every PATH is a spec of its own: a file, a directory whose files make one spec, ' +
        'or - for standard input. Without PATH every directory below this one that holds *.lvs.yaml files is checked.\n\n' +
        'Exit codes: 0 nothing wrong; 1 a file cannot be read; 3 there are findings of --fail-level or above.',
    )
    .argument('[path...]', 'spec file or directory; - reads standard input');
  addEnvOption(
    command,
    new Option(
      '--format <format>',
      'how to print: plain, tty or json (default: tty on a terminal, else plain)',
    ).choices(['plain', 'tty', 'json']),
    { context, variable: 'LVSCTL_FORMAT' },
  );
  addEnvOption(
    command,
    new Option('--fail-level <level>', 'least severity that makes the exit code 3').choices(LEVELS).default('error'),
    { context, variable: 'LVSCTL_FAIL_LEVEL' },
  );
  command
    .addOption(new Option('--level <level>', 'least severity that is shown').choices(LEVELS).default('info'))
    .option('--together', 'all PATHs make one spec, as with plan -f')
    .action(async (paths: string[], options: LintOptions) => runLint(context, { paths, options }));
}

async function runLint(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: LintOptions },
): Promise<void> {
  const started = context.now();
  const results = [];
  for (const spec of await listSpecs(context, { paths, options })) results.push(await lintSpec(context, spec));
  const all = results.flatMap(({ findings }) => findings);
  const shown = all.filter(({ severity }) => atLeast(severity, options.level));
  const files = results.flatMap((result) => result.files);
  const exit: ExitDocument = all.some(({ severity }) => atLeast(severity, options.failLevel))
    ? { code: EXIT.findings, reason: 'findings' }
    : { code: EXIT.done, reason: 'clean' };
  context.stdout.write(present(shown, { context, files, format: options.format, exit }));
  const size = plural(
    results.reduce((sum, { services }) => sum + services, 0),
    'service',
  );
  const servers = plural(
    results.reduce((sum, result) => sum + result.servers, 0),
    'real server',
  );
  context.stderr.write(`${countFindings(all, files.length)} (${size}, ${servers}, ${context.now() - started} ms)\n`);
  context.exit(exit.code);
}

/** The paths of each spec. */
async function listSpecs(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: LintOptions },
): Promise<readonly (readonly string[])[]> {
  if (paths.length === 0) return await discoverSpecs(context.cwd);
  return options.together ? [paths] : paths.map((path) => [path]);
}

interface LintResult {
  readonly findings: readonly Finding[];
  readonly files: readonly SpecFile[];
  readonly services: number;
  readonly servers: number;
}

async function lintSpec(context: Context, paths: readonly string[]): Promise<LintResult> {
  const files = await readSpecFiles(paths, { cwd: context.cwd, readStdin: () => context.readStdin() });
  const loaded = loadSpec(files);
  const { services } = loaded.desired;
  const servers = services.reduce((sum, service) => sum + service.servers.length, 0);
  return { findings: lint(loaded), files, services: services.length, servers };
}

function atLeast(severity: Severity, level: Severity): boolean {
  return LEVELS.indexOf(severity) <= LEVELS.indexOf(level);
}

function present(
  findings: readonly Finding[],
  {
    context,
    files,
    format,
    exit,
  }: { context: Context; files: readonly SpecFile[]; format: LintOptions['format']; exit: ExitDocument },
): string {
  const chosen = format ?? (context.stdout.isTTY ? 'tty' : 'plain');
  if (chosen === 'plain') return findingsPlain(findings);
  if (chosen === 'tty') return findingsText(findings, { files, paint: outputPaint(context, context.stdout) });
  return formatWithExit(findingsDocument(findings, { files: files.length, version: VERSION }), exit);
}
