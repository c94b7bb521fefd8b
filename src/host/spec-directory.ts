import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperationError } from '../errors.ts';
import { shownPath } from './shown-path.ts';
import { describeSystemError } from './system-error.ts';

/** Enough for any repository; a walk that meets more was started in the wrong place, such as /. */
const MAX_ENTRIES = 100_000;

/**
 * Every spec file below a directory, sorted by path. Names with a dot in front are left out (`.git`, and Kubernetes'
 * `..data`, whose files appear as links beside it), and so is `node_modules`.
 */
export async function findSpecFiles(directory: string, cwd: string): Promise<string[]> {
  return await findFiles(directory, { cwd, isWanted: isSpecName });
}

/** The same for files of other names. */
export async function findFiles(
  directory: string,
  { cwd, isWanted }: { cwd: string; isWanted: (name: string) => boolean },
): Promise<string[]> {
  const walk: Walk = { cwd, isWanted, root: directory, files: [], entries: 0 };
  await visit(directory, { walk, above: [] });
  return walk.files.sort();
}

/** The specs below a directory: the files of each directory that has some, as one spec. */
export async function discoverSpecs(directory: string): Promise<string[][]> {
  const files = await findSpecFiles(directory, directory);
  if (files.length === 0)
    throw new OperationError(`There is no *.lvs.yaml file below ${directory}`, {
      hints: ['Write one with lvsctl init, or name the spec.'],
    });
  return [...Map.groupBy(files, dirname).values()];
}

interface Walk {
  readonly cwd: string;
  readonly isWanted: (name: string) => boolean;
  readonly root: string;
  readonly files: string[];
  entries: number;
}

async function visit(directory: string, { walk, above }: { walk: Walk; above: readonly string[] }): Promise<void> {
  const entries = await readEntries(directory, walk);
  const real = await realpath(directory).catch((error: unknown) => fail(directory, { walk, error }));
  if (above.includes(real))
    throw new OperationError(`${shownPath(directory, walk.cwd)} is a symbolic link to a directory above itself`, {
      hints: ['Remove the link, or name the files.'],
    });
  walk.entries += entries.length;
  if (walk.entries > MAX_ENTRIES)
    throw new OperationError(
      `${shownPath(walk.root, walk.cwd)} holds more than ${MAX_ENTRIES.toLocaleString('en')} files`,
      {
        hints: ['Name the file or the directory that holds the spec.'],
      },
    );
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(directory, entry.name);
    const named = walk.isWanted(entry.name);
    if (await isDirectory(entry, { path, named, walk })) await visit(path, { walk, above: [...above, real] });
    else if (named) walk.files.push(path);
  }
}

async function readEntries(directory: string, walk: Walk): Promise<Dirent[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) =>
    fail(directory, { walk, error }),
  );
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Teams link in directories of others, so links are followed; a dangling one counts when it has the name of a spec. */
async function isDirectory(
  entry: Dirent,
  { path, named, walk }: { path: string; named: boolean; walk: Walk },
): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    return named ? fail(path, { walk, error }) : false;
  }
}

function isSpecName(name: string): boolean {
  return name.endsWith('.lvs.yaml') || name.endsWith('.lvs.yml');
}

function fail(path: string, { walk, error }: { walk: Walk; error: unknown }): never {
  throw new OperationError(`Cannot read ${shownPath(path, walk.cwd)}: ${describeSystemError(error)}`, { cause: error });
}
