import { relative } from 'node:path';

/** A path as people see it: relative to where they stand when it is below, else absolute. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return below === '' ? '.' : below === '..' || below.startsWith('../') ? path : below;
}
