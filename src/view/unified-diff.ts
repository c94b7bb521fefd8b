import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** How a file changes, as `git apply` and `patch -p1` read it; empty when it does not. */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
