import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { blockingError } from '../cases/blocking-error.ts';
import { type CaseInput, listOf, type TestCase } from '../cases/case.ts';
import { runCase } from '../cases/run-case.ts';
import { EXIT, UsageError } from '../errors.ts';
import { readSpecFiles } from '../host/files.ts';
import { findTestFiles } from '../host/test-files.ts';
import { readingFindings } from '../lint/reading-findings.ts';
import type { Desired } from '../model/desired.ts';
import { type LoadedSpec, loadSpec } from '../spec/load.ts';
import { type LoadedTestFile, loadTestFile } from '../spec/test-file.ts';
import { findingsText } from '../view/findings/tty.ts';
import { casesDocument } from '../view/cases/case-document.ts';
import { casesJunit } from '../view/cases/case-junit.ts';
import { type CaseReport, passed } from '../view/cases/case-report.ts';
import { casesText, countCases } from '../view/cases/case-text.ts';
import { stepText } from '../view/step-text.ts';
import { VERSION } from '../version.ts';
import type { Context } from './context.ts';
import { type ExitDocument, formatWithExit } from './exit-document.ts';
import { outputPaint } from './output-paint.ts';
import { renderConf } from './render-conf.ts';
import { addTemplatesOption, type TemplatesOptions, templatesFolder } from './templates-option.ts';

interface TestOptions extends TemplatesOptions {
  readonly format: 'text' | 'json' | 'junit';
  readonly run?: string;
}

/** Does the spec do what its owners say it does? Offline, without rights, the same answer everywhere. */
export function testCommand(program: Command, context: Context): void {
  const command = program
    .command('test')
    .summary('run the tests that specs come with')
    .description(
      'Runs the cases of *.lvs-test.yaml files. A case names a live table, failures and verdicts of health, and says which steps, guards, ' +
        'findings, holders of VIPs, serving real servers and lines of keepalived.conf must come of the spec. Touches nothing. docs/testing.md has an example.\n\n' +
        'Each PATH is a test file or a directory; without PATH all test files below this directory are run.\n\n' +
        'Exit codes: 0 all passed; 1 a file cannot be read; 3 a case failed, or a test file has mistakes.',
    )
    .argument('[path...]', 'test file, or directory with *.lvs-test.yaml files')
    .addOption(new Option('-o, --format <format>', 'how to print').choices(['text', 'json', 'junit']).default('text'))
    .option('--run <text>', 'only the cases whose name contains this');
  addTemplatesOption(command, context).action(async (paths: string[], options: TestOptions) =>
    runTest(context, { paths, options }),
  );
}

async function runTest(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: TestOptions },
): Promise<void> {
  const files = await findTestFiles(paths, context.cwd);
  const reports: CaseReport[] = [];
  for (const [source] of await Promise.all(files.map((file) => readFiles(context, [file])))) {
    const loaded = loadTestFile(source ?? { name: '', text: '' });
    printProblems(context, loaded);
    reports.push(...(await runFile(context, loaded, options)));
  }
  if (reports.length === 0)
    throw new UsageError(
      options.run === undefined ? 'There is no case in these files' : `No case's name contains "${options.run}"`,
    );
  const exit: ExitDocument = reports.every(passed)
    ? { code: EXIT.done, reason: 'clean' }
    : { code: EXIT.findings, reason: 'findings' };
  context.stdout.write(present(reports, { context, files: files.length, format: options.format, exit }));
  context.stderr.write(`${countCases(reports, files.length)}\n`);
  context.exit(exit.code);
}

function readFiles(context: Context, paths: readonly string[]): ReturnType<typeof readSpecFiles> {
  return readSpecFiles(paths, { cwd: context.cwd, readStdin: () => context.readStdin() });
}

function printProblems(context: Context, { source, problems }: LoadedTestFile): void {
  const findings = readingFindings(problems);
  context.stderr.write(findingsText(findings, { files: [source], paint: outputPaint(context, context.stderr) }));
}

async function runFile(context: Context, loaded: LoadedTestFile, options: TestOptions): Promise<CaseReport[]> {
  if (loaded.file === null) return [unreadable(loaded)];
  const { run } = options;
  const { spec, cases } = loaded.file;
  const underTest = await loadBeside(context, loaded, spec);
  const chosen = Object.entries(cases).filter(([name]) => run === undefined || name.includes(run));
  const reports: CaseReport[] = [];
  for (const [name, given] of chosen) {
    const before = await loadBefore(context, loaded, given);
    const conf = await confOf(underTest, { given, templates: templatesFolder(context, options) });
    reports.push(report(name, { given, loaded: underTest, before, conf, stepText }, loaded));
  }
  return reports;
}

/** A report has a line for a file without cases too, since CI systems take no tests for a success. */
function unreadable({ problems, locate }: LoadedTestFile): CaseReport {
  const mistakes = problems.map(({ message }) => ({ path: [], message }));
  const ranges = problems.map(({ range }) => range);
  return { name: 'the test file can be read', mistakes, mismatches: [], range: locate([]), mistakeRanges: ranges };
}

/** Specs are named from where the test file is. */
async function loadBeside(
  context: Context,
  { source }: LoadedTestFile,
  spec: string | readonly string[],
): Promise<LoadedSpec> {
  const folder = dirname(resolve(context.cwd, source.name));
  return loadSpec(
    await readFiles(
      context,
      listOf(spec).map((path) => resolve(folder, path)),
    ),
  );
}

async function loadBefore(context: Context, loaded: LoadedTestFile, { live }: TestCase): Promise<Desired | null> {
  if (live === undefined || typeof live === 'string') return null;
  return (await loadBeside(context, loaded, live.spec)).desired;
}

/** As `render keepalived` prints it. With errors in the spec there is none. */
async function confOf(
  loaded: LoadedSpec,
  { given, templates }: { given: TestCase; templates: string | undefined },
): Promise<string | null> {
  const director = loaded.desired.directors.find(({ name }) => name === given.director);
  const isAsked = given.expect.keepalived !== undefined && director !== undefined;
  if (!isAsked || blockingError(loaded) !== undefined) return null;
  return await renderConf(loaded.desired, director, templates);
}

function report(name: string, input: CaseInput, { locate }: LoadedTestFile): CaseReport {
  const result = runCase(input);
  return {
    ...result,
    name,
    range: locate(['cases', name], 'key'),
    mistakeRanges: result.mistakes.map(({ path }) => locate(['cases', name, ...path], 'key')),
  };
}

function present(
  reports: readonly CaseReport[],
  {
    context,
    files,
    format,
    exit,
  }: { context: Context; files: number; format: TestOptions['format']; exit: ExitDocument },
): string {
  if (format === 'junit') return casesJunit(reports);
  if (format === 'json') return formatWithExit(casesDocument(reports, { files, version: VERSION }), exit);
  return casesText(reports, outputPaint(context, context.stdout));
}
