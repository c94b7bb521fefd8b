import { cpSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { temporaryDirectory } from '../host/temporary-directory.ts';

const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', '.git', 'dist', '.lab']);

/** A copy of this repository, as somebody clones it. */
export function checkout(t: TestContext): string {
  const directory = temporaryDirectory(t);
  cpSync('.', directory, { recursive: true, filter: (path) => !LEFT_OUT.has(path) });
  return directory;
}
