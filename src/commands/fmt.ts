import { resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { readSpecFiles, type SpecFile } from '../host/files.ts';
import { rewriteFile } from '../host/rewrite-file.ts';
import { discoverSpecs } from '../host/spec-directory.ts';
import { readingFindings } from '../lint/reading-findings.ts';
import { formatSpec } from '../spec/format/format-spec.ts';
import { findingsText } from '../view/findings/tty.ts';
import { oneLine } from '../view/one-line.ts';
import { unifiedDiff } from '../view/unified-diff.ts';
import { plural } from '../view/wording.ts';
import type { Context } from './context.ts';
import { outputPaint } from './output-paint.ts';

interface FmtOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly write?: boolean;
}

/** One way to lay a spec out, so that reviews are about what it says. */
export function fmtCommand(program: Command, context: Context): void {
  program
    .command('fmt')
    .summary('lay specs out in one way')
    .description(
      'Brings the keys of a spec into the order of its schema, indents by two spaces, and keeps names in the order their author gave ' +
        'them, comments, and groups set apart by blank lines. What stands in { } or [ ] stays so while its line has at most 100 columns ' +
        'and no comment in it, and else becomes a block. Never changes what a spec means.\n\n' +
        'Each PATH is a file, a directory with all its *.lvs.yaml files, or - for standard input; without PATH all below this directory ' +
        'are meant. One file is printed; for several, say what to do with them.\n\n' +
        'Exit codes: 0 done; 1 a file cannot be read or written; 2 something would change (with --check); 3 a file is not YAML.',
    )
    .argument('[path...]', 'spec file or directory; - reads standard input')
    .option('--check', 'print the names of the files that would change, and exit 2 if there are any')
    .option('--diff', 'print what would change, as `git apply` reads it')
    .option('--write', 'write the files')
    .action(async (paths: string[], options: FmtOptions) => runFmt(context, { paths, options }));
}

async function runFmt(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: FmtOptions },
): Promise<void> {
  checkOptions(paths, options);
  const named = paths.length > 0 ? paths : (await discoverSpecs(context.cwd)).flat();
  const files = await readSpecFiles(named, { cwd: context.cwd, readStdin: () => context.readStdin() });
  const isPrinted = !(options.check || options.diff || options.write);
  if (isPrinted && files.length > 1)
    throw new UsageError(`There are ${files.length} files: give --check, --diff or --write, or name one of them`);
  const laidOut = files.map((file) => layOut(context, file));
  const done = laidOut.flatMap((one) => (one === null ? [] : [one]));
  if (isPrinted) for (const { text } of done) context.stdout.write(text);
  const changed = done.filter(({ file, text }) => text !== file.text);
  for (const { file, text } of changed) {
    if (options.check && !options.diff) context.stdout.write(`${oneLine(file.name)}\n`);
    if (options.diff) context.stdout.write(unifiedDiff(file.name, file.text, text));
    if (options.write) await rewriteFile(resolve(context.cwd, file.name), { before: file.text, after: text });
  }
  if (!isPrinted) context.stderr.write(`${summary({ files, changed, options })}\n`);
  const pending = options.check && changed.length > 0 ? EXIT.pending : EXIT.done;
  context.exit(done.length < files.length ? EXIT.findings : pending);
}

function checkOptions(paths: readonly string[], { check, write }: FmtOptions): void {
  if (check && write) throw new UsageError('--check changes nothing, and --write does: give one of them');
  if (write && paths.includes('-')) throw new UsageError('Standard input cannot be written: leave out --write');
}

interface LaidOut {
  readonly file: SpecFile;
  readonly text: string;
}

/** Null, and the reason printed, for what is not YAML. */
function layOut(context: Context, file: SpecFile): LaidOut | null {
  const formatted = formatSpec(file);
  if (formatted.ok) return { file, text: formatted.text };
  const findings = readingFindings(formatted.problems);
  context.stderr.write(findingsText(findings, { files: [file], paint: outputPaint(context, context.stderr) }));
  return null;
}

function summary({
  files,
  changed,
  options,
}: {
  files: readonly SpecFile[];
  changed: readonly LaidOut[];
  options: FmtOptions;
}): string {
  const verb = options.write ? 'Changed' : 'Would change';
  return `${verb} ${changed.length} of ${plural(files.length, 'file')}`;
}
