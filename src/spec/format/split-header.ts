import type { Entry } from './layout.ts';

const MODELINE = /^#\s*(yaml-language-server:|\$schema\s*[:=])/;

/**
 * Comments up to the last blank line above the first key are the file's; a group that tells editors the schema is, blank
 * line or not.
 */
export function splitHeader(first: Entry | undefined, start: readonly string[]): { header: string[]; gap: boolean } {
  if (first === undefined) return { header: [], gap: false };
  const { above } = first;
  const blank = above.lastIndexOf('');
  const rest = above.slice(blank + 1);
  const isAboutFile = rest.some((line) => MODELINE.test(line));
  const header = isAboutFile ? above : above.slice(0, Math.max(0, blank));
  first.above = isAboutFile ? [] : rest;
  const hasGap = header.length > 0 && !isAboutFile;
  return { header: [...header], gap: hasGap || (start.length > 0 && blank === 0) };
}
