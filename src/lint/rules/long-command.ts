import { splitCommand } from '../../model/command.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands } from '../written-commands.ts';

export const longCommand: Rule = {
  id: 'LVS197',
  name: 'long-command',
  severity: 'error',
  why: 'A line of keepalived.conf has 1023 bytes at most, and quotes, backslashes and dollars take four each there',
  harm: 'keepalived reads lines of at most 1023 bytes. lvsctl writes quotes, backslashes and dollars of a command as four bytes each, so that nothing gets out of its quotes; when the line is too long then, keepalived drops it, and with it the script.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: /bin/sh -c '/usr/local/bin/web-up ${'"$A" '.repeat(65)}' } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
    good: yaml`
      track:
        scripts: { web-up: { command: /usr/local/bin/web-up --config /etc/web-up.conf } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { scripts: { web-up: {} } }
    `,
  },
  source: 'keepalived lib/parser.c read_line, alloc_strvec_quoted_escaped',
  check,
};

/** What is left of a line beside indentation, keyword and user. */
const MOST_BYTES = 850;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, command } of writtenCommands(loaded)) {
    const words = splitCommand(command);
    const bytes = typeof words === 'string' ? 0 : words.reduce((sum, { text }) => sum + writtenBytes(text), 0);
    if (bytes <= MOST_BYTES) continue;
    yield {
      path,
      message: `As keepalived wants it written, this command has ${bytes} bytes, and a line takes ${MOST_BYTES}`,
      hint: 'put it into a script file',
    };
  }
}

/** With quotes around it, and the blank behind. */
function writtenBytes(word: string): number {
  return Buffer.byteLength(word.replace(/[\\'"$]/g, '\\000')) + 3;
}
