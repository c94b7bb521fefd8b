import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { hostAddresses } from '../host/addresses.ts';
import { readTextFile } from '../host/read-text-file.ts';
import { replaceFile } from '../host/replace-file.ts';
import { testElsewhere } from '../host/test-elsewhere.ts';
import { diffLines } from '../keepalived/conf-diff.ts';
import { interfacesFor } from '../keepalived/interfaces.ts';
import { testConf } from '../keepalived/test-conf.ts';
import { readTestMessages, specPlace } from '../keepalived/test-messages.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { thisDirector } from '../model/this-director.ts';
import type { Context } from './context.ts';
import { addDirectorOptions } from './keepalived-options.ts';
import { addSpecOptions, type SpecOptions } from './options.ts';
import { renderConf } from './render-conf.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

interface RenderOptions extends SpecOptions {
  readonly director?: string;
  readonly templates?: string;
  readonly all?: boolean;
  readonly output?: string;
  readonly check?: string;
  readonly test?: boolean;
}

/** One director's file, as text. */
interface Rendered {
  readonly director: Director;
  readonly text: string;
}

/** What would keepalived read? */
export function renderKeepalivedCommand(render: Command, context: Context): void {
  const command = render
    .command('keepalived')
    .summary('keepalived.conf of a director')
    .description(
      'Prints the keepalived.conf that `apply` puts on a director: this host, or the one that --director names. Offline.\n\n' +
        'Exit codes: 0 printed; 1 the spec cannot be read, or nothing written; 2 the file of --check differs; ' +
        '3 the spec has errors, or keepalived refuses the file (--test).',
    );
  addDirectorOptions(addSpecOptions(command, context), context)
    .option('--all', 'of every director, each into NAME.keepalived.conf in the folder of --output')
    .option('-o, --output <path>', 'file to write; with --all the folder')
    .option('--check <file>', 'compare with this file instead, and exit 2 where it says something else')
    .option('--test', 'let keepalived test it, in a network namespace that has the interfaces it names')
    .action((options: RenderOptions) => runRender(context, options));
}

async function runRender(context: Context, options: RenderOptions): Promise<void> {
  checkOptions(options);
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const rendered = await renderAll(context, { desired: spec.desired, options });
  if (options.test && !(await passTest(context, { rendered, desired: spec.desired })))
    return context.exit(EXIT.findings);
  if (options.check !== undefined) return compare(context, { file: options.check, rendered });
  await print(context, { rendered, options });
  context.exit(EXIT.done);
}

function checkOptions({ all, output, check, director }: RenderOptions): void {
  if (all && output === undefined) throw new UsageError('--all writes several files: name their folder with --output');
  if (all && director !== undefined) throw new UsageError('--all is every director, and --director is one of them');
  if (check !== undefined && (all || output !== undefined))
    throw new UsageError('--check compares with a file and writes none: leave out --all and --output');
}

async function renderAll(
  context: Context,
  { desired, options }: { desired: Desired; options: RenderOptions },
): Promise<Rendered[]> {
  const directors = options.all ? desired.directors : [await directorOf(context, { desired, options })];
  if (directors.length === 0) throw new UsageError('The spec has no directors');
  const templates = options.templates === undefined ? undefined : resolve(context.cwd, options.templates);
  return Promise.all(
    directors.map(async (director) => ({ director, text: await renderConf(desired, director, templates) })),
  );
}

async function directorOf(
  { hostname, env }: Context,
  { desired, options }: { desired: Desired; options: RenderOptions },
): Promise<Director> {
  const { directors } = desired;
  const [only] = directors;
  if (options.director === undefined && only !== undefined && directors.length === 1) return only;
  const addresses = options.director === undefined ? await hostAddresses({ env, netns: options.netns }) : [];
  const found = thisDirector(directors, { hostname, addresses, name: options.director });
  if (found.kind === 'found') return found.director;
  if (options.director !== undefined || directors.length === 0) throw new UsageError(found.message);
  const names = directors.map(({ name }) => name).join(', ');
  throw new UsageError(
    `This host (${hostname}) is none of the directors ${names}: name one with --director, or write all with --all --output FOLDER`,
  );
}

/** Says what keepalived said; false when it refuses a file. What only this host lacks is told, and no reason. */
async function passTest(
  context: Context,
  { rendered, desired }: { rendered: readonly Rendered[]; desired: Desired },
): Promise<boolean> {
  const verdicts = [];
  for (const { director, text } of rendered) {
    const interfaces = interfacesFor(desired, director);
    const { env, uid } = context;
    const { output, exitCode } = await testConf(text, (candidate) =>
      testElsewhere(candidate, { interfaces, program: env.LVSCTL_KEEPALIVED, env, uid }),
    );
    const messages = readTestMessages(output);
    for (const { line, text: said, kind } of messages) {
      const place = line === null ? null : specPlace(text, line);
      const where = place ?? director.name;
      context.stderr.write(`${where}: ${kind === 'host' ? 'warning' : 'error'}: keepalived says: ${said}\n`);
    }
    if (exitCode === null) context.stderr.write(`${director.name}: error: keepalived -t died of a signal\n`);
    const isSilent = messages.length === 0 && exitCode !== 0;
    verdicts.push(exitCode !== null && !isSilent && messages.every(({ kind }) => kind === 'host'));
  }
  return verdicts.every(Boolean);
}

async function compare(
  context: Context,
  { file, rendered }: { file: string; rendered: readonly Rendered[] },
): Promise<void> {
  const text = rendered[0]?.text ?? '';
  const lines = diffLines(await readTextFile(resolve(context.cwd, file)), text);
  context.stdout.write(lines.map(({ mark, text: line }) => `${mark}${line}\n`).join(''));
  context.exit(lines.length === 0 ? EXIT.done : EXIT.pending);
}

async function print(
  context: Context,
  { rendered, options }: { rendered: readonly Rendered[]; options: RenderOptions },
): Promise<void> {
  const { all, output } = options;
  if (output === undefined) return context.stdout.write(rendered.map(({ text }) => text).join('\n'));
  const path = resolve(context.cwd, output);
  if (all) await mkdir(path, { recursive: true });
  for (const { director, text } of rendered) {
    const name = all ? join(output, `${director.name}.keepalived.conf`) : output;
    await replaceFile(resolve(context.cwd, name), text, { mode: 0o640 });
    context.stderr.write(`Wrote ${name}\n`);
  }
}
