import { splitCommand } from '../../model/command.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { shellPart } from '../shell-part.ts';
import { writtenCommands } from '../written-commands.ts';

export const commandWithoutPath: Rule = {
  id: 'LVS234',
  name: 'command-without-path',
  severity: 'info',
  why: 'keepalived looks along the PATH it was started with, which another one has by hand than by systemd, and warns at each start',
  harm: 'keepalived looks for the program along its own PATH and warns "Please specify full path" at each start. Started by hand it may find another program than under systemd, or none, and then goes on without the script.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived lib/notify.c find_path: "Please specify full path"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command } of writtenCommands(loaded)) {
    const words = splitCommand(command);
    const program = typeof words === 'string' ? undefined : words[0]?.text;
    if (program === undefined || !/^[\w.+-]+$/.test(program) || shellPart(command) !== undefined) continue;
    yield { path, message: `${program} is looked for along PATH`, hint: 'write its whole path' };
  }
}
