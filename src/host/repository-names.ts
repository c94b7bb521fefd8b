import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

/**
 * What files are called from the root of the repository that holds the working directory, links followed, as CI systems
 * know them. Absolute for what is outside of it; without a repository, from the working directory.
 */
export async function repositoryNames(files: readonly string[], cwd: string): Promise<ReadonlyMap<string, string>> {
  const here = await realpath(cwd);
  const root = rootAbove(here) ?? here;
  const names = files.map(async (file) => [file, nameBelow(root, await realOf(resolve(cwd, file)))] as const);
  return new Map(await Promise.all(names));
}

/** `.git` is a directory, or a file in a worktree and a submodule. */
function rootAbove(directory: string): string | undefined {
  if (existsSync(join(directory, '.git'))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : rootAbove(parent);
}

/** A file that is not there is one of standard input's making, and its directory may not be there either. */
async function realOf(path: string): Promise<string> {
  return await realpath(path).catch(async () => {
    const directory = await realpath(dirname(path)).catch(() => dirname(path));
    return join(directory, basename(path));
  });
}

function nameBelow(root: string, path: string): string {
  const below = relative(root, path);
  return below === '..' || below.startsWith('../') ? path : below;
}
