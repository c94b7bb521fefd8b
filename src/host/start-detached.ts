import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

export interface DetachedProgram {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What it says goes here; what an earlier one said is gone then. */
  readonly log: string;
}

/**
 * Starts a program in a session of its own (setsid(2)): the end of our terminal, of our process group and of ourselves is
 * none of its. Its output goes to a file, since a closed terminal is a SIGPIPE away.
 */
export async function startDetached({ command: [file = '', ...args], env, cwd, log }: DetachedProgram): Promise<void> {
  const output = openLog(log);
  try {
    const child = spawn(file, args, { detached: true, env: { ...env }, cwd, stdio: ['ignore', output, output] });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
  } catch (error) {
    throw new OperationError(`Cannot start ${file}: ${describeSystemError(error)}`, { cause: error });
  } finally {
    closeSync(output);
  }
}

function openLog(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw new OperationError(`Cannot write ${path}: ${describeSystemError(error)}`, { cause: error });
  }
}
