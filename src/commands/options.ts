import { type Command, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { parseDuration } from '../model/duration.ts';
import type { Permissions } from '../plan/guard.ts';
import type { Context } from './context.ts';

/** Options that several verbs share, spelled and explained once. */
export interface SpecOptions {
  readonly file?: readonly string[];
  readonly netns?: string;
}

export interface GuardOptions {
  readonly drain?: number;
  readonly maxRemove?: number;
  readonly maxRemoveServices?: number;
  readonly allowEmpty?: boolean;
  readonly allowOlder?: boolean;
  readonly allowRejected?: boolean;
  readonly allowUnheldVip?: boolean;
  readonly allowDisruptive?: boolean;
  readonly adopt?: true | readonly string[];
  readonly prune?: readonly string[];
}

export function addSpecOptions(command: Command, context: Context): Command {
  addFileOption(command, context);
  refuseExtraArguments(command, 'a spec is named with --file');
  return addNetns(command, context);
}

export function addFileOption(command: Command, context: Context): Command {
  const file = new Option('-f, --file <path...>', 'spec file or directory; - reads standard input');
  return addEnvOption(command, file, { context, variable: 'LVSCTL_FILE', parse: (text) => text.split(':') });
}

export function addNetns(command: Command, context: Context): Command {
  const netns = new Option('--netns <name>', 'network namespace whose table is meant, as `ip netns` knows it');
  return addEnvOption(command, netns, { context, variable: 'LVSCTL_NETNS' });
}

export function addGuardOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--drain <duration>', 'how long leaving servers may drain, 0: not at all').argParser(durationArgument),
    )
    .addOption(
      new Option('--max-remove <share>', 'share of a service that may leave at once, as 50%').argParser(shareArgument),
    )
    .addOption(
      new Option('--max-remove-services <share>', 'share of the services that may leave at once').argParser(
        shareArgument,
      ),
    )
    .option('--allow-empty', 'an empty spec, or services without a server that takes connections, is meant')
    .option('--allow-older', 'a spec older than the one applied last is meant')
    .option('--allow-rejected', 'the spec that was rolled back from is meant')
    .option('--allow-unheld-vip', 'a service on a VIP that no VRRP instance holds is meant')
    .option('--allow-disruptive', 'a reload of keepalived that moves VIPs or cuts connections is meant')
    .option(
      '--adopt [service...]',
      'take over services of the spec that somebody else made, or keepalived.conf; without names: all of them',
    )
    .option('--prune <service...>', 'remove these services that lvsctl does not manage, named as the plan names them');
}

export function permissionsOf(options: GuardOptions): Permissions {
  return {
    empty: options.allowEmpty ?? false,
    maxRemove: options.maxRemove ?? null,
    maxRemoveServices: options.maxRemoveServices ?? null,
    adopt: options.adopt === true ? 'all' : (options.adopt ?? []),
    prune: options.prune ?? [],
    older: options.allowOlder ?? false,
    rejected: options.allowRejected ?? false,
    unheldVip: options.allowUnheldVip ?? false,
    disruptive: options.allowDisruptive ?? false,
  };
}

/** An option for which a variable of the environment stands in where it is not given; judged when the verb runs. */
export function addEnvOption(
  command: Command,
  option: Option,
  { context, variable, parse }: { context: Context; variable: string; parse?: (text: string) => unknown },
): Command {
  option.description += ` (${variable})`;
  VARIABLES.set(option, variable);
  return command.addOption(option).hook('preAction', (verb) => {
    const text = context.env[variable];
    const name = option.attributeName();
    if (!text || verb.getOptionValueSource(name) === 'cli') return;
    verb.setOptionValueWithSource(name, parse ? parse(text) : readVariable(text, option, variable), 'env');
  });
}

const VARIABLES = new WeakMap<Option, string>();

/** The variable that stands in for an option. */
export function variableOf(option: Option): string | undefined {
  return VARIABLES.get(option);
}

/** By the option's own rules. */
function readVariable(text: string, option: Option, variable: string): unknown {
  try {
    return option.parseArg ? option.parseArg(text, undefined as never) : text;
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new UsageError(`${variable} is "${text}". ${error.message}`);
  }
}

/** Says what to write instead: `lvsctl plan web.lvs.yaml` is what everybody types first. */
export function refuseExtraArguments(command: Command, advice: string): Command {
  return command.allowExcessArguments().hook('preAction', (verb) => {
    const taken = verb.registeredArguments;
    const extra = verb.args[taken.length];
    if (extra === undefined || taken.at(-1)?.variadic) return;
    throw new UsageError(`"${extra}" is one argument too many; ${advice}`);
  });
}

export function durationArgument(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError('Write a duration as 30s, 5m or 0.');
  return seconds;
}

/** Nobody looks at a service and types a command in less. */
export function confirmTimeoutArgument(text: string): number {
  const seconds = durationArgument(text);
  if (seconds < 10) throw new InvalidArgumentError('Leave 10s at least.');
  return seconds;
}

export function shareArgument(text: string): number {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent === undefined || Number(percent) > 100) throw new InvalidArgumentError('Write a share as 50%.');
  return Number(percent) / 100;
}

export function checksumArgument(text: string): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(text))
    throw new InvalidArgumentError('Write it as the plan prints it: sha256: and 64 hex digits.');
  return text;
}
