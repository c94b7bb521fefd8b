import { glob } from 'node:fs/promises';

/** Paths below a folder that patterns match, sorted; folders may be among them. */
export async function matchingFiles(patterns: readonly string[], folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of glob([...patterns], { cwd: folder })) found.push(path);
  return found.sort();
}
