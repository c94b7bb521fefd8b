import { createHash } from 'node:crypto';
import { systemErrorCode } from './system-error.ts';

/** One file of a spec as it was read. */
export interface WatchedFile {
  readonly name: string;
  readonly text: string;
}

/** What one look at the spec found. */
export type Observation<F extends WatchedFile> =
  | { readonly kind: 'found'; readonly files: readonly F[]; readonly digest: string }
  | { readonly kind: 'missing' | 'unreadable'; readonly message: string };

/** Reads the spec once. A spec that is not there, or that nobody may read, is never an empty one. */
export async function observeSpec<F extends WatchedFile>(
  readFiles: () => Promise<readonly F[]>,
): Promise<Observation<F>> {
  try {
    const files = await readFiles();
    if (files.length === 0) return { kind: 'missing', message: 'There is no spec file' };
    return { kind: 'found', files, digest: digestFiles(files) };
  } catch (error) {
    return { kind: isMissing(error) ? 'missing' : 'unreadable', message: (error as Error).message };
  }
}

/** SHA-256 of names and contents, in hex: the identity of what a spec says, whatever its files' times are. */
export function digestFiles(files: readonly WatchedFile[]): string {
  const hash = createHash('sha256');
  for (const { name, text } of files) hash.update(JSON.stringify([name, text]));
  return hash.digest('hex');
}

/** True for the error of a system call, and for one of ours that was caused by it. */
function isMissing(error: unknown): boolean {
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return true;
  return error instanceof Error && error.cause !== undefined && isMissing(error.cause);
}
