import { EXIT, type ExitCode, OperationError, UsageError } from './errors.ts';
import { VERSION } from './version.ts';

/** The three kinds of failure, each in its own words: the command line's, the world's, and ours. */
export function describeError(error: unknown): { message: string; exitCode: ExitCode } {
  if (error instanceof UsageError) return { message: `error: ${error.message}\n`, exitCode: EXIT.usage };
  if (error instanceof OperationError) {
    const hints = error.hints.map((hint) => `  ${hint}\n`).join('');
    return { message: `Error: ${error.message}\n${hints}`, exitCode: error.exitCode };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    message: `This is a bug in lvsctl ${VERSION}. Please report it with the lines below.\n\n${stack}\n`,
    exitCode: EXIT.failed,
  };
}
