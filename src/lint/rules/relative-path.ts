import { splitCommand } from '../../model/command.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenCommands } from '../written-commands.ts';

export const relativePath: Rule = {
  id: 'LVS166',
  name: 'relative-path',
  severity: 'error',
  why: 'keepalived takes it from the directory it happens to run in, and goes on without what it does not find there',
  harm: 'A relative path counts from the directory keepalived was started in, which is another one by hand than by systemd. A script that is not found is disabled ("Disabling track script ... not found"), and what followed it follows nothing. Whether keepalived -t notices depends on the machine it runs on.',
  examples: {
    bad: yaml`
      track:
        scripts: { web-up: { command: bin/web-up } }
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
  source: 'keepalived lib/notify.c check_script_secure; track_file.c; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { path, what } of [...commandPaths(loaded), ...filePaths(loaded)])
    yield { path, message: `${what} is a relative path`, hint: 'write the whole path, from / on' };
}

interface RelativePath {
  readonly path: Path;
  readonly what: string;
}

/** A name without any slash is looked for along PATH. */
function commandPaths(loaded: LoadedSpec): RelativePath[] {
  return writtenCommands(loaded).flatMap(({ path, command }) => {
    const words = splitCommand(command);
    const program = typeof words === 'string' ? undefined : words[0];
    if (program === undefined || !program.text.includes('/') || /^[/~<]/.test(program.text)) return [];
    return [{ path, what: `"${program.text}"` }];
  });
}

function filePaths({ spec: { track, keepalived } }: LoadedSpec): RelativePath[] {
  const files = Object.entries(track?.files ?? {}).map(([name, file]) => ({
    path: ['track', 'files', name, 'path'],
    file: file.path,
  }));
  const pipe = keepalived?.notify_fifo?.path;
  if (pipe !== undefined) files.push({ path: ['keepalived', 'notify_fifo', 'path'], file: pipe });
  return files.filter(({ file }) => !file.startsWith('/')).map(({ path, file }) => ({ path, what: `"${file}"` }));
}
