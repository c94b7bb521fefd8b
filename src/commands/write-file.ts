import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { replaceFile } from '../host/replace-file.ts';
import type { Context } from './context.ts';

/** Whether an output is a directory, or is said to be one. */
export function isDirectory({ cwd }: Context, output: string): boolean {
  return output.endsWith('/') || (statSync(resolve(cwd, output), { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** Writes a file that somebody asked for, over what is there, and says so. */
export async function writeFile(
  context: Context,
  path: string,
  { text, mode }: { readonly text: string; readonly mode: number },
): Promise<void> {
  await replaceFile(resolve(context.cwd, path), text, { mode });
  context.stderr.write(`Wrote ${path}\n`);
}
