import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { readSpecFiles } from '../host/files.ts';
import { repositoryNames } from '../host/repository-names.ts';
import { rewriteFile } from '../host/rewrite-file.ts';
import { type Baseline, compareWithBaseline } from '../lint/baseline.ts';
import type { Finding } from '../lint/finding.ts';
import { fixAll } from '../lint/fix-all.ts';
import { type Control, judge } from '../lint/judge.ts';
import type { Suppressed } from '../lint/suppress.ts';
import { type LoadedSpec, loadSpec } from '../spec/load.ts';
import type { SourceFile } from '../spec/source.ts';
import type { Context } from './context.ts';
import type { LintOptions } from './lint-options.ts';

/** One spec, with what can be put right put right where that was asked for. */
export interface OpenedSpec {
  readonly paths: readonly string[];
  /** As they are now. */
  readonly files: readonly SourceFile[];
  readonly names: ReadonlyMap<string, string>;
  readonly loaded: LoadedSpec;
  readonly fixed: number;
  readonly changes: readonly Change[];
  readonly ask: Question;
}

/** What lint found in one spec, and did to it. */
export interface LintResult extends OpenedSpec {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Fingerprints of what the baseline knows and is still so. */
  readonly seen: readonly string[];
  readonly services: number;
  readonly servers: number;
}

/** A file that fixes change. */
interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export async function openSpec(
  context: Context,
  { paths, options, baseline }: { paths: readonly string[]; options: LintOptions; baseline: Baseline | null },
): Promise<OpenedSpec> {
  if (options.fix && !options.dryRun && paths.includes('-'))
    throw new UsageError('--fix cannot change standard input; add --dry-run to see what it would change');
  const files = await readFiles(context, { paths, options });
  const names = await namesOf(files, context.cwd);
  const ask: Question = { control: controlOf(options), baseline, nameOf: (file) => names.get(file) ?? file };
  const { files: now, fixed } = options.fix
    ? fixAll(files, (some) => answer(loadSpec(some), ask).findings)
    : { files, fixed: 0 };
  const changes = changesOf(files, now);
  if (!options.dryRun)
    for (const { name, before, after } of changes) await rewriteFile(resolve(context.cwd, name), { before, after });
  return { paths, files: now, names, loaded: loadSpec(now), fixed, changes, ask };
}

/** `beside` is what was found by more than this spec, and partly in others. */
export function judgeSpec(spec: OpenedSpec, beside: readonly Finding[]): LintResult {
  const { loaded, files, ask } = spec;
  const own = beside.filter(({ range }) => files.some(({ name }) => name === range.file));
  const { services } = loaded.desired;
  const servers = services.reduce((sum, service) => sum + service.servers.length, 0);
  const control = { ...ask.control, beside: own };
  return { ...spec, ...answer(loaded, { ...ask, control }), services: services.length, servers };
}

async function readFiles(
  context: Context,
  { paths, options }: { paths: readonly string[]; options: LintOptions },
): Promise<readonly SourceFile[]> {
  const files = await readSpecFiles(paths, { cwd: context.cwd, readStdin: () => context.readStdin() });
  const { stdinFilename } = options;
  if (stdinFilename === undefined) return files;
  return files.map((file) => (isUnnamed(file) ? { ...file, name: stdinFilename } : file));
}

/** Standard input has the name it is given, or none. */
async function namesOf(files: readonly SourceFile[], cwd: string): Promise<ReadonlyMap<string, string>> {
  const [unnamed, named] = [files.filter(isUnnamed), files.filter((file) => !isUnnamed(file))];
  const names = named.map(({ name }) => name);
  return new Map([...(await repositoryNames(names, cwd)), ...unnamed.map(({ name }) => [name, name] as const)]);
}

function isUnnamed({ name }: SourceFile): boolean {
  return name === '<stdin>';
}

function controlOf({ rule, inlineIgnores }: LintOptions): Control {
  return { levels: rule ?? new Map(), comments: inlineIgnores, acts: false };
}

function changesOf(before: readonly SourceFile[], after: readonly SourceFile[]): readonly Change[] {
  return before.flatMap(({ name, text }, index) => {
    const now = after[index]?.text ?? text;
    return now === text ? [] : [{ name, before: text, after: now }];
  });
}

interface Question {
  readonly control: Control;
  readonly baseline: Baseline | null;
  readonly nameOf: (file: string) => string;
}

type Answer = Pick<LintResult, 'findings' | 'suppressed' | 'seen'>;

function answer(loaded: LoadedSpec, { control, baseline, nameOf }: Question): Answer {
  const verdict = judge(loaded, control);
  if (baseline === null) return { ...verdict, seen: [] };
  const { fresh, known, seen } = compareWithBaseline(baseline, verdict.findings, nameOf);
  const quiet = known.map((finding): Suppressed => ({ finding, by: 'baseline', reason: '' }));
  return { findings: fresh, suppressed: [...verdict.suppressed, ...quiet], seen };
}
