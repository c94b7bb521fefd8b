import { lstat, readlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

/** As the kernel's own limit (path_resolution(7)). */
const MOST_LINKS = 40;

export interface SymlinkStep {
  /** Path of the link, which has no further link in it. */
  readonly link: string;
  readonly target: string;
}

/** Every symbolic link the kernel follows on the way to a path, in that order; up to the first part that is missing. */
export async function symlinksOnPath(path: string): Promise<readonly SymlinkStep[]> {
  const steps: SymlinkStep[] = [];
  let rest = partsOf(resolve(path));
  let done: string = sep;
  while (rest.length > 0 && steps.length < MOST_LINKS) {
    const [part = '', ...others] = rest;
    const here = join(done, part);
    const target = await readTarget(here);
    if (target === null) {
      done = here;
      rest = others;
      continue;
    }
    steps.push({ link: here, target });
    rest = [...partsOf(resolve(dirname(here), target)), ...others];
    done = sep;
  }
  return steps;
}

function partsOf(path: string): string[] {
  return path.split(sep).filter((part) => part !== '');
}

async function readTarget(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null;
  } catch {
    return null;
  }
}
