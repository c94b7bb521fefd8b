import { readFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** The text of a file of ours; null where there is none. `what`: `state`. */
export async function readOwnFile(path: string, what: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw new OperationError(`Cannot read the ${what} in ${path}: ${describeSystemError(error)}`, {
      hints: ['Run as the user that applies, usually root, or point LVSCTL_STATE_DIR at another directory.'],
      cause: error,
    });
  }
}
