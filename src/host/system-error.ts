import { getSystemErrorMessage } from 'node:util';

/** The code of a system call that failed, such as `ENOENT`; undefined when it is no such error. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The kernel's own words for it, without Node's call and path: `permission denied`. */
export function describeSystemError(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return typeof errno === 'number' ? getSystemErrorMessage(errno) : message;
}
