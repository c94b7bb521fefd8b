import { readFile, realpath, stat } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { type Owner, replaceFile } from './replace-file.ts';
import { describeSystemError } from './system-error.ts';

/**
 * Puts another text into somebody's file, at once or not at all, with the owner and the mode it has. A link stays one: what
 * it leads to changes. What somebody else wrote since `before` was read is not written over.
 */
export async function rewriteFile(path: string, { before, after }: { before: string; after: string }): Promise<void> {
  const { real, text, ...rights } = await look(path);
  if (text !== before)
    throw new OperationError(`${path} was changed by somebody else meanwhile, and is left as it is`, {
      hints: ['Run it again.'],
    });
  await replaceFile(real, after, rights);
}

async function look(path: string): Promise<{ real: string; text: string; mode: number; owner: Owner }> {
  try {
    const real = await realpath(path);
    const { mode, uid, gid } = await stat(real);
    return { real, text: await readFile(real, 'utf8'), mode: mode & 0o7777, owner: { uid, gid } };
  } catch (error) {
    throw new OperationError(`Cannot read ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
