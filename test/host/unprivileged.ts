import { spawnSync } from 'node:child_process';

// What lets root read and write everything (capabilities(7)). Another user would do too, but may not be able to read this
// checkout: root's home is closed to others.
const WITHOUT = '-dac_override,-dac_read_search';

/**
 * Runs a module's source under the permissions of files, which do not bind root otherwise. Returns what it printed.
 * Node 24 takes the module on stdin; relative imports count from the working directory.
 */
export function runUnprivileged(source: string): string {
  const node = [process.execPath, '--input-type=module', '-e', source];
  const [file = '', ...args] =
    process.getuid?.() === 0 ? ['setpriv', `--bounding-set=${WITHOUT}`, `--inh-caps=${WITHOUT}`, ...node] : node;
  const result = spawnSync(file, args, { cwd: import.meta.dirname, encoding: 'utf8' });
  if (result.status !== 0)
    throw new Error(`The unprivileged process failed: ${result.stderr ?? result.error?.message}`);
  return result.stdout.trim();
}
