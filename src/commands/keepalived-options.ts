import { type Command, Option } from 'commander';
import type { KeepalivedOptions } from '../host/keepalived.ts';
import type { Context } from './context.ts';
import { addEnvOption } from './options.ts';

/** What tells keepalived's side of a verb where it is. */
export interface KeepalivedSideOptions {
  readonly netns?: string;
  readonly director?: string;
  readonly templates?: string;
  readonly keepalived?: boolean;
  readonly keepalivedConf?: string;
  readonly keepalivedPid?: string;
  readonly keepalivedReload?: string;
}

export function addDirectorOptions(command: Command, context: Context): Command {
  addEnvOption(
    command,
    new Option('--director <name>', 'which director this is (default: the one with its host name or an address of it)'),
    { context, variable: 'LVSCTL_DIRECTOR' },
  );
  return addEnvOption(
    command,
    new Option('--templates <folder>', 'templates of your own, such as keepalived.conf.eta, in place of ours'),
    { context, variable: 'LVSCTL_TEMPLATES' },
  );
}

export function addKeepalivedOptions(command: Command, context: Context): Command {
  addEnvOption(
    addDirectorOptions(command, context),
    new Option(
      '--keepalived-conf <file>',
      'keepalived.conf of this director (default: /etc/keepalived/keepalived.conf)',
    ),
    { context, variable: 'LVSCTL_KEEPALIVED_CONF' },
  );
  return addReloadOptions(command, context);
}

/** How keepalived is told, where the file is known. */
export function addReloadOptions(command: Command, context: Context): Command {
  command.option('--no-keepalived', 'leave keepalived.conf alone');
  addEnvOption(
    command,
    new Option('--keepalived-pid <file>', 'pid file of keepalived (default: /run/keepalived.pid)'),
    { context, variable: 'LVSCTL_KEEPALIVED_PID' },
  );
  return addEnvOption(
    command,
    new Option('--keepalived-reload <command>', 'shell command that makes keepalived reload (default: SIGHUP)'),
    { context, variable: 'LVSCTL_KEEPALIVED_RELOAD' },
  );
}

/** The same for the host's side. */
export function keepalivedOptions({ env }: Context, options: KeepalivedSideOptions): KeepalivedOptions {
  return {
    path: options.keepalivedConf ?? '/etc/keepalived/keepalived.conf',
    pidFile: options.keepalivedPid ?? '/run/keepalived.pid',
    reloadCommand: options.keepalivedReload,
    program: env.LVSCTL_KEEPALIVED,
    netns: options.netns,
    env,
  };
}
