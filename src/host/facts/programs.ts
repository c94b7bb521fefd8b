import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetnsOptions } from '../in-netns.ts';

/** Where these programs are, looked for as they are when they are run. */
export async function findPrograms(
  names: ReadonlyMap<string, string>,
  { env }: NetnsOptions,
): Promise<ReadonlyMap<string, string | null>> {
  const folders = [env.PATH || '/usr/bin:/bin', '/usr/sbin', '/sbin'].join(':').split(':');
  const found = [...names].map(async ([name, file]) => {
    const paths = file.includes('/') ? [file] : folders.map((folder) => join(folder, file));
    return [name, await firstExecutable(paths)] as const;
  });
  return new Map(await Promise.all(found));
}

async function firstExecutable(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}
