import { link, unlink } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/**
 * Moves a damaged file of ours to the first free `.corrupt-<n>`, so that an earlier one is never overwritten, and
 * returns that name. `what`: `state`; `hint`: what to do where this fails.
 */
export async function setAside(path: string, { what, hint }: { what: string; hint: string }): Promise<string> {
  for (let n = 1; ; n += 1) {
    const target = `${path}.corrupt-${n}`;
    try {
      await link(path, target);
      await unlink(path);
      return target;
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST') continue;
      throw new OperationError(`Cannot set the damaged ${what} in ${path} aside: ${describeSystemError(error)}`, {
        hints: [hint],
        cause: error,
      });
    }
  }
}
