import { createHash } from 'node:crypto';
import type { SourceFile } from './source.ts';

/**
 * SHA-256 of what the files say, in hex. Their names are no part of it, nor is their order: a spec is the same spec from
 * another working directory, and through a pipe.
 */
export function sourceDigest(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const text of files.map((file) => file.text).sort()) hash.update(JSON.stringify(text));
  return hash.digest('hex');
}
