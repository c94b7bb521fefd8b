import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { shellPart } from '../shell-part.ts';
import { writtenCommands } from '../written-commands.ts';

export const shellSyntax: Rule = {
  id: 'LVS165',
  name: 'shell-syntax',
  severity: 'error',
  why: 'No shell reads a command: what would mean something to one is passed on as an argument, and the command does something else',
  harm: 'keepalived splits a command into words and starts the program with them, without a shell. A pipe, a redirection or a variable becomes an argument like any other, so the command does something else: a check that should fail may always succeed. keepalived -t says nothing about it.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: "/usr/bin/ss -ltn | /usr/bin/grep -q :80" } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: "/bin/sh -c '/usr/bin/ss -ltn | /usr/bin/grep -q :80'" } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived lib/notify.c: set_script_params_array, execve',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command } of writtenCommands(loaded)) {
    const found = shellPart(command);
    if (found === undefined) continue;
    yield {
      path,
      message: `"${found}" means something to a shell only, and keepalived runs the command without one`,
      hint: "write /bin/sh -c '...', put it into a script file, or quote it where it is meant as it stands",
    };
  }
}
