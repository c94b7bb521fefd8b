import { type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/**
 * Writes a file, by default one of our own state with mode 0600, so that a crash at any instant leaves the old content or the new one.
 * One writer at a time for one path: the temporary name is fixed, so that killed writers leave no litter behind.
 */
export async function replaceFile(
  path: string,
  text: string,
  { mode = 0o600, owner }: { mode?: number; owner?: Owner } = {},
): Promise<void> {
  await publish(path, { text, mode, owner }, async (from) => {
    await rename(from, path);
    return true;
  });
}

/** By their numbers. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The same for a file that must be new; false, and nothing written, when the name is taken. */
export async function createFile(path: string, text: string): Promise<boolean> {
  return await publish(path, { text, mode: 0o600, owner: undefined }, (from) => moveUnlessTaken(from, path));
}

/** A file that is gone stays gone after a crash; one that was not there is gone already. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
    await syncDirectory(dirname(path));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw new OperationError(`Cannot remove ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}

interface Content {
  readonly text: string;
  readonly mode: number;
  /** Undefined: whoever runs this. */
  readonly owner: Owner | undefined;
}

async function publish(path: string, content: Content, move: (from: string) => Promise<boolean>): Promise<boolean> {
  const temporary = `${path}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o750 });
    await writeDurably(temporary, content);
    const moved = await move(temporary);
    // A rename is on disk only when its directory is (fsync(2)).
    await syncDirectory(dirname(path));
    return moved;
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw new OperationError(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}

async function writeDurably(path: string, { text, mode, owner }: Content): Promise<void> {
  const file = await open(path, 'w', mode);
  try {
    // Before there is anything to read.
    if (owner !== undefined) await giveTo(file, owner);
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Only root gives files away. With anybody else the group stays, so that no other one gets to read or write it. */
async function giveTo(file: FileHandle, { uid, gid }: Owner): Promise<void> {
  const ours = await file.stat();
  if (ours.uid === uid && ours.gid === gid) return;
  await file.chown(uid, gid).catch(async (error: unknown) => {
    if (systemErrorCode(error) !== 'EPERM') throw error;
    await file.chown(ours.uid, gid);
  });
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
