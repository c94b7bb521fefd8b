/** Runs all the measurements of this folder, or one with its options: npm run bench -- [NAME [OPTION...]] */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== basename(import.meta.filename, '.ts'));
const [named, ...options] = process.argv.slice(2);
if (named !== undefined && !all.includes(named))
  throw new Error(`no bench is called ${named}; there are ${all.join(', ')}`);

for (const name of named === undefined ? all : [named]) {
  console.log(`# ${name}`);
  const args = [join(import.meta.dirname, `${name}.ts`), ...options];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
