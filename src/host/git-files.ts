import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OperationError } from '../errors.ts';
import type { SpecFile } from './files.ts';
import { runGit, SAFELY, type SpecRevisionOptions } from './git.ts';
import { shownPath } from './shown-path.ts';

/**
 * A spec as it was at a revision: the file of that name, or every spec file of the directory. Null where there was none
 * yet. A revision that git does not know is an error.
 */
export async function specFilesAt(
  revision: string,
  path: string,
  { cwd, env }: { readonly cwd: string; readonly env: SpecRevisionOptions['env'] },
): Promise<SpecFile[] | null> {
  const real = await realpath(path);
  const isDirectory = (await stat(real)).isDirectory();
  const directory = isDirectory ? real : dirname(real);
  const git = (...args: string[]) => runGit(['-C', directory, ...SAFELY, ...args], { env });
  const commit = (await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`))?.trim();
  if (commit === undefined)
    throw new OperationError(`git knows no revision ${revision} at ${shownPath(path, cwd)}`, {
      hints: ['Name a file, a branch, a tag or a commit. In CI, fetch it first.'],
    });
  const names = isDirectory ? await listed(git, commit) : [basename(real)];
  const files: SpecFile[] = [];
  for (const name of names) {
    const text = await git('show', `${commit}:./${name}`);
    if (text !== null) files.push({ name: `${shownPath(join(directory, name), cwd)} @ ${revision}`, text });
  }
  return files.length === 0 ? null : files;
}

/** As a directory is read now: no hidden ones, and none of packages. */
async function listed(git: (...args: string[]) => Promise<string | null>, commit: string): Promise<readonly string[]> {
  const listing = (await git('ls-tree', '-r', '-z', '--name-only', commit, '--', '.')) ?? '';
  return listing
    .split('\0')
    .filter((name) => /\.lvs\.ya?ml$/.test(name))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
    .sort();
}
