/** The real server that gave an answer, its name being all that an answer holds; null while the answer is not whole. */
export function serverIn(answer: string): string | null {
  return /^HTTP\/1\.1 200 .*\r\n\r\n([\w-]+)\n$/s.exec(answer)?.[1] ?? null;
}
