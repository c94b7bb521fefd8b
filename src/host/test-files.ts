import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperationError } from '../errors.ts';
import { shownPath } from './shown-path.ts';
import { findFiles } from './spec-directory.ts';

/** The test files that are named, those in the directories that are, or all below this one. */
export async function findTestFiles(paths: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(
    (paths.length === 0 ? ['.'] : paths).map((path) => listTestFiles(resolve(cwd, path), cwd)),
  );
  return [...new Set(found.flat())];
}

async function listTestFiles(path: string, cwd: string): Promise<readonly string[]> {
  // What is not there is told by whoever reads it.
  const isDirectory = await stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isDirectory) return [path];
  const files = await findFiles(path, { cwd, isWanted: (name) => /\.lvs-test\.ya?ml$/.test(name) });
  if (files.length > 0) return files;
  throw new OperationError(`There is no *.lvs-test.yaml file in ${shownPath(path, cwd)}`, {
    hints: ['Write one: docs/testing.md has an example.'],
  });
}
