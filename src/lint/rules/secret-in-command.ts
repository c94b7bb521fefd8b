import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands } from '../written-commands.ts';

export const secretInCommand: Rule = {
  id: 'LVS259',
  name: 'secret-in-command',
  severity: 'warning',
  why: 'Every user of the host sees the arguments of a program with ps, and everybody with the repository sees the spec',
  harm: 'The arguments of a program are in /proc, where every user of the host can read them while it runs; a check runs every few seconds. The spec goes to a repository, and from there to whoever can read that. Nothing fails, so nobody notices that the secret is one no more.',
  examples: {
    bad: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { script: { command: /usr/local/bin/check-web --password=hunter2 } }
    `,
    good: yaml`
      services:
        web:
          vip: 203.0.113.10
          port: 80
          pool: web
          check: { script: { command: /usr/local/bin/check-web --password-file=/etc/check-web } }
    `,
  },
  source: 'proc(5) /proc/pid/cmdline',
  check,
};

const SECRETS: readonly RegExp[] = [
  /--?(?:password|passwd|passphrase|secret|token|api-?key)[= ]\S+/i,
  /\bauthorization: *\S+/i,
  /:\/\/[^\s/@:]+:[^\s/@]+@/,
];

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command } of writtenCommands(loaded)) {
    if (!SECRETS.some((pattern) => pattern.test(command))) continue;
    yield {
      path,
      message: 'The command has a secret among its arguments',
      hint: 'let the program read it from a file that only its user may read',
    };
  }
}
