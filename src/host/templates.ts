import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

// From src/host/ in a checkout, from dist/ in a package: templates/ lies beside either.
const ROOTS = ['../templates/', '../../templates/'].map((path) => new URL(path, import.meta.url));

/** The text of a file under templates/. */
export async function readTemplate(path: string): Promise<string> {
  const root = ROOTS.find((candidate) => existsSync(new URL(path, candidate)));
  if (root === undefined) throw new OperationError(`The template ${path} is missing from this installation`);
  return await readFile(new URL(path, root), 'utf8').catch((error: unknown) => {
    throw new OperationError(`Cannot read the template ${path}: ${describeSystemError(error)}`, { cause: error });
  });
}
