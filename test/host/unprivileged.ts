import { spawnSync } from 'node:child_process';

const NOBODY = 65534;

/**
 * Runs a module's source as a user whom file permissions bind: root reads and writes everything. Returns what it printed.
 * Node 24 takes the module on stdin; relative imports count from the working directory.
 */
export function runUnprivileged(source: string): string {
  const uid = process.getuid?.() === 0 ? NOBODY : undefined;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', source], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    ...(uid === undefined ? {} : { uid, gid: NOBODY }),
  });
  if (result.status !== 0) throw new Error(`The unprivileged process failed: ${result.stderr}`);
  return result.stdout.trim();
}
