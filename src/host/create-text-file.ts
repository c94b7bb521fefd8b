import { writeFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** Writes a file for people that must be new: one that exists is never overwritten, whoever made it meanwhile. */
export async function createTextFile(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    const taken = systemErrorCode(error) === 'EEXIST';
    const hints = taken ? ['Name another file, or remove this one first.'] : [];
    const message = taken
      ? `${path} exists already, and is left as it is`
      : `Cannot write ${path}: ${describeSystemError(error)}`;
    throw new OperationError(message, { hints, cause: error });
  }
}
