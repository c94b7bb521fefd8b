import { readFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

/** The text of a file that somebody named, or an error that says why there is none. */
export async function readTextFile(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OperationError(`Cannot read ${path}: ${describeSystemError(cause)}`, { cause });
  });
}
