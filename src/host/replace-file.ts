import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/**
 * Writes a file of our own state, mode 0600, so that a crash at any instant leaves the old content or the new one.
 * One writer at a time for one path: the temporary name is fixed, so that killed writers leave no litter behind.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await publish(path, text, async (from) => {
    await rename(from, path);
    return true;
  });
}

/** The same for a file that must be new; false, and nothing written, when the name is taken. */
export async function createFile(path: string, text: string): Promise<boolean> {
  return await publish(path, text, (from) => moveUnlessTaken(from, path));
}

async function publish(path: string, text: string, move: (from: string) => Promise<boolean>): Promise<boolean> {
  const temporary = `${path}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o750 });
    await writeDurably(temporary, text);
    const moved = await move(temporary);
    // A rename is on disk only when its directory is (fsync(2)).
    await syncDirectory(dirname(path));
    return moved;
  } catch (error) {
    throw new OperationError(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Unlike rename(2), link(2) fails when the new name exists. */
async function moveUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(from);
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
