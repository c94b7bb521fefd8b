import { spawnSync } from 'node:child_process';

// What lets root read, write and give away everything (capabilities(7)). Another user would do too, but may not be able to read this
// checkout: root's home is closed to others.
const WITHOUT = '-dac_override,-dac_read_search,-chown';

/**
 * Runs a module's source under the permissions of files, which do not bind root otherwise. Returns what it printed.
 * Node 24 takes the module on stdin; relative imports count from the working directory. Root gets these groups besides its own.
 */
export function runUnprivileged(source: string, { groups = [] }: { groups?: readonly number[] } = {}): string {
  const node = [process.execPath, '--input-type=module', '-e', source];
  const [file = '', ...args] =
    process.getuid?.() === 0
      ? ['setpriv', ...groupOption(groups), `--bounding-set=${WITHOUT}`, `--inh-caps=${WITHOUT}`, ...node]
      : node;
  const result = spawnSync(file, args, { cwd: import.meta.dirname, encoding: 'utf8' });
  if (result.status !== 0)
    throw new Error(`The unprivileged process failed: ${result.stderr ?? result.error?.message}`);
  return result.stdout.trim();
}

function groupOption(groups: readonly number[]): readonly string[] {
  return groups.length === 0 ? ['--clear-groups'] : [`--groups=${groups.join(',')}`];
}
