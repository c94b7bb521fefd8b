import { statSync } from 'node:fs';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

/** Where `ip netns add` keeps its names. */
const NAMES = '/run/netns';

/**
 * Makes this process one within a network namespace, by starting it anew there under the same number; returns when it is
 * there already. What opens sockets itself needs that: Node has no setns(2).
 */
export function enterNetns(
  netns: string,
  { commandLine, env }: { commandLine: readonly string[]; env: Readonly<Record<string, string | undefined>> },
): void {
  if (isThere(netns)) return;
  // Users other than root often have no sbin in PATH.
  const path = [env.PATH || '/usr/bin:/bin', '/usr/sbin', '/sbin'].join(':');
  try {
    process.execve?.('/usr/bin/env', ['env', 'ip', 'netns', 'exec', netns, ...commandLine], { ...env, PATH: path });
  } catch (error) {
    throw new OperationError(`Cannot enter the network namespace ${netns}: ${describeSystemError(error)}`, {
      hints: [`Start it there: ip netns exec ${netns} lvsctl watch`],
      cause: error,
    });
  }
}

function isThere(netns: string): boolean {
  try {
    return statSync(`${NAMES}/${netns}`).ino === statSync('/proc/self/ns/net').ino;
  } catch (error) {
    throw new OperationError(`There is no network namespace ${netns}: ${describeSystemError(error)}`, {
      hints: ['See: ip netns list'],
      cause: error,
    });
  }
}
