import { OperationError } from '../errors.ts';
import { type ExecOptions, type ExecResult, exec } from './exec.ts';

/** Where programs of the system run: a network namespace, and the environment they get. */
export interface NetnsOptions {
  /** Name of a network namespace of `ip netns`. Default: the one we are in. */
  readonly netns?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Runs a program of the system in a network namespace. Never throws for what the program does. */
export function execInNetns(
  [file = '', ...args]: readonly string[],
  { netns, env, ...options }: NetnsOptions & Omit<ExecOptions, 'env'>,
): Promise<ExecResult> {
  // `ip netns exec` would read an option in such a name, or a path.
  if (netns !== undefined && !/^[^-/][^/]*$/.test(netns))
    throw new OperationError(`"${netns}" cannot be the name of a network namespace`, { hints: ['See: ip netns list'] });
  // Users other than root often have no sbin in PATH.
  const path = [env.PATH || '/usr/bin:/bin', '/usr/sbin', '/sbin'].join(':');
  const [program = file, ...rest] =
    netns === undefined ? [file, ...args] : ['ip', 'netns', 'exec', netns, file, ...args];
  return exec(program, rest, { ...options, env: { ...env, PATH: path } });
}
