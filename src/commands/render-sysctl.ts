import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { renderTemplate } from '../host/templates.ts';
import type { Desired } from '../model/desired.ts';
import { thisDirector } from '../model/this-director.ts';
import { directorChoices, type KernelVersion } from '../needs/director-choices.ts';
import { directorSysctls } from '../needs/director-sysctls.ts';
import type { Sysctl } from '../needs/sysctl.ts';
import { hashComment, plainWord } from '../view/host-words.ts';
import type { Context } from './context.ts';
import { addSpecOptions, type SpecOptions } from './options.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';
import { addTemplatesOption, type TemplatesOptions, templatesFolder } from './templates-option.ts';
import { writeFile } from './write-file.ts';

interface SysctlOptions extends SpecOptions, TemplatesOptions {
  readonly director?: string;
  readonly kernel?: KernelVersion;
  readonly output: string;
}

/** Which kernel parameters does the spec call for on a director? */
export function renderSysctlCommand(render: Command, context: Context): void {
  const command = render
    .command('sysctl')
    .summary('the kernel parameters of a director, as a file for sysctl.d')
    .description(
      'Prints the kernel parameters that the spec calls for on a director, each with its reason, and in comments those that ' +
        'depend on more than the spec knows. Offline.\n\n' +
        'Exit codes: 0 printed or written; 1 the spec cannot be read; 3 the spec has errors; ' +
        '64 there is no such director, or none is named and they differ.',
    );
  addTemplatesOption(addSpecOptions(command, context), context)
    .option('--director <name>', 'the director it is for, where they differ')
    .addOption(
      new Option('--kernel <version>', 'kernel of the directors, such as 5.10 (default: any)').argParser(
        kernelArgument,
      ),
    )
    .option('-o, --output <file>', 'file to write over; - prints', '-')
    .action((options: SysctlOptions) => runRender(context, options));
}

function kernelArgument(text: string): KernelVersion {
  const [, major, minor] = /^(\d+)\.(\d+)(?:[.-].*)?$/.exec(text) ?? [];
  if (major === undefined) throw new InvalidArgumentError('Write it as uname -r does, or its beginning: 5.10.');
  return [Number(major), Number(minor)];
}

async function runRender(context: Context, options: SysctlOptions): Promise<void> {
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const { desired } = spec;
  const data = {
    cluster: desired.cluster,
    director: options.director ?? null,
    rows: rowsFor(desired, options.director),
    choices: directorChoices(desired, options.kernel),
    comment: hashComment,
  };
  const folder = templatesFolder(context, options);
  const filled = await renderTemplate('director.sysctl.eta', data, { escape: plainWord, folder });
  const text = `${filled.trim()}\n`;
  if (options.output === '-') context.stdout.write(text);
  else await writeFile(context, options.output, { text, mode: 0o644 });
  context.exit(EXIT.done);
}

/** What a director needs; throws where nobody said which one, and they differ. */
function rowsFor(desired: Desired, director: string | undefined): readonly Sysctl[] {
  const { directors } = desired;
  if (director !== undefined) {
    const named = thisDirector(directors, { hostname: '', addresses: [], name: director });
    if (named.kind !== 'found') throw new UsageError(named.message);
    return directorSysctls(desired, director);
  }
  const answers = directors.map(({ name }) => directorSysctls(desired, name));
  if (new Set(answers.map((rows) => JSON.stringify(rows))).size <= 1) return answers[0] ?? directorSysctls(desired);
  const names = directors.map(({ name }) => name).join(', ');
  throw new UsageError(`The directors need different parameters; name one with --director: ${names}`);
}
