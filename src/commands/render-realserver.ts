import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, UsageError } from '../errors.ts';
import { type Address, parseAddress } from '../model/address.ts';
import { chooseRealServers, type NeedyHost, sameForAll } from './choose-real-servers.ts';
import type { Context } from './context.ts';
import { addSpecOptions, type SpecOptions } from './options.ts';
import { realServerFiles, SCRIPT_MODE } from './real-server-files.ts';
import { FORMATS, type Format, realServerText, undoText } from './real-server-text.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';
import { addTemplatesOption, type TemplatesOptions, templatesFolder } from './templates-option.ts';
import { isDirectory, writeFile } from './write-file.ts';

interface RealServerOptions extends SpecOptions, TemplatesOptions {
  readonly format: Format;
  readonly undo?: boolean;
  readonly output: string;
  readonly vip?: readonly Address[];
}

/** What does a host need to be the real server that the spec says it is? */
export function renderRealserverCommand(render: Command, context: Context): void {
  const command = render
    .command('realserver')
    .summary('what a real server needs: its VIPs, kernel parameters, ends of tunnels')
    .description(
      'Prints what makes a host the real server that the spec says it is, and in comments what is to be seen to by hand. ' +
        'SERVER is a name, service/name or an address; without it, all real servers are meant. Offline.\n\n' +
        'script: a shell script, run at every boot; sysctl: a file for sysctl.d alone; networkd: files for systemd; ' +
        'ifupdown: a file for interfaces.d.\n\n' +
        'Exit codes: 0 printed or written; 1 the spec cannot be read or has no such server; 3 the spec has errors; ' +
        '64 the real servers need different things, and none is named.',
    )
    .argument('[server]', 'which real server');
  addTemplatesOption(addSpecOptions(command, context), context)
    .addOption(new Option('--format <format>', 'for what').choices(FORMATS).default('script'))
    .option('--undo', 'the script that takes back what ours made on a host')
    .option('-o, --output <path>', 'file, or directory for several, to write over; - prints', '-')
    .addOption(new Option('--vip <address...>', 'addresses that get a firewall mark').argParser(addVip))
    .action((server: string | undefined, options: RealServerOptions) =>
      options.undo ? renderUndo(context, options) : renderRealServers(context, server, options),
    );
}

function addVip(text: string, before: readonly Address[] = []): readonly Address[] {
  const address = parseAddress(text);
  if (address === undefined) throw new InvalidArgumentError('Write an IP address.');
  return [...before, address];
}

async function renderRealServers(
  context: Context,
  name: string | undefined,
  options: RealServerOptions,
): Promise<void> {
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return;
  const hosts = chooseRealServers(spec.desired, { name, markVips: options.vip ?? [] });
  if (options.output === '-')
    context.stdout.write(await realServerText(sameForAll(hosts), options.format, templatesFolder(context, options)));
  else await writeRealServers(context, hosts, { isOne: name !== undefined, options });
  context.exit(EXIT.done);
}

/** One that is named may be one file; otherwise the output is a directory, whatever else the spec has today. */
async function writeRealServers(
  context: Context,
  hosts: readonly NeedyHost[],
  { isOne, options }: { isOne: boolean; options: RealServerOptions },
): Promise<void> {
  const { format, output } = options;
  const files = await realServerFiles(hosts, { format, folder: templatesFolder(context, options), isOne });
  const [first] = files;
  if (isOne && format !== 'networkd' && first !== undefined && !isDirectory(context, output))
    await writeFile(context, output, first);
  else for (const file of files) await writeFile(context, join(output, file.path), file);
}

async function renderUndo(context: Context, options: RealServerOptions): Promise<void> {
  const { format, output } = options;
  if (format !== 'script') {
    const first = format === 'ifupdown' ? 'end it with "ifdown lvs", then ' : '';
    throw new UsageError(`--undo is for scripts; of ${format}: ${first}remove its files`);
  }
  const text = await undoText(templatesFolder(context, options));
  if (output === '-') context.stdout.write(text);
  else {
    const path = isDirectory(context, output) ? join(output, 'undo.sh') : output;
    await writeFile(context, path, { text, mode: SCRIPT_MODE });
  }
  context.exit(EXIT.done);
}
