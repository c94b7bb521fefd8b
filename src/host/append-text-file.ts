import { appendFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

/** Adds to the end of a file that others write to as well. */
export async function appendTextFile(path: string, text: string): Promise<void> {
  if (text === '') return;
  try {
    await appendFile(path, text);
  } catch (error) {
    throw new OperationError(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
