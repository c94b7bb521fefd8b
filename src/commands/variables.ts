import type { Command } from 'commander';
import type { Variable } from '../view/explanation.ts';
import { variableOf } from './options.ts';

/** Every variable of the environment that lvsctl looks at, by name: what the options of the verbs declare, and the rest. */
export function environmentVariables(program: Command): readonly Variable[] {
  const uses = verbsOf(program).flatMap(({ verb, command }) =>
    command.options.flatMap((option) => {
      const name = variableOf(option);
      return name === undefined ? [] : [{ name, verb, meaning: option.description.replace(` (${name})`, '') }];
    }),
  );
  const declared = [...Map.groupBy(uses, ({ name }) => name)].map(([name, found]) => ({
    name,
    meaning: [...new Set(found.map(({ meaning }) => meaning))].join('; '),
    verbs: found.map(({ verb }) => verb),
  }));
  const others = Object.entries(WITHOUT_OPTION).map(([name, meaning]) => ({ name, meaning, verbs: [] }));
  return [...declared, ...others].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function verbsOf(program: Command, prefix = ''): readonly { readonly verb: string; readonly command: Command }[] {
  return program.commands.flatMap((command) => {
    const verb = `${prefix}${command.name()}`;
    return [{ verb, command }, ...verbsOf(command, `${verb} `)];
  });
}

const WITHOUT_OPTION: Readonly<Record<string, string>> = {
  CI: 'nobody is asked anything: what needs an approval is refused without one',
  CONFIGURATION_DIRECTORY: 'where specs are looked for, as systemd names it',
  FORCE_COLOR: 'colours where the output is no terminal; 0 changes nothing',
  GITHUB_ACTIONS:
    'when true, lint writes annotations of GitHub where no format is asked for and the output is no terminal',
  GITHUB_OUTPUT: 'file that the GitHub Action adds its outputs to',
  GITHUB_STEP_SUMMARY: 'file that lint adds its summary to when it writes those annotations',
  LVSCTL_IPVSADM: 'the ipvsadm to run',
  LVSCTL_IPVSADM_TIMEOUT: 'how long it may take, as 30s',
  LVSCTL_KEEPALIVED: 'the keepalived that tests keepalived.conf',
  LVSCTL_RUNTIME_DIR: 'folder of the lock and of the control socket',
  LVSCTL_SOCKET: 'control socket of watch, for it and for those who ask it',
  LVSCTL_STATE_DIR: 'folder of state, journal, overrides and snapshots',
  LOGNAME: 'who changes or decides something, where USER does not say',
  NO_COLOR: 'no colours, whatever its value (no-color.org)',
  RUNTIME_DIRECTORY: 'folder of the lock and of the control socket, as systemd names it',
  STATE_DIRECTORY: 'folder of state, journal, overrides and snapshots, as systemd names it',
  SUDO_USER: 'who changes or decides something, before USER',
  USER: 'who changes or decides something',
  XDG_CONFIG_HOME: 'above the folder of specs, for other users than root',
  XDG_RUNTIME_DIR: 'above the folder of the lock, for other users than root',
  XDG_STATE_HOME: 'above the folder of state, for other users than root',
};
