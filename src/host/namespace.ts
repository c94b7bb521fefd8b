import { statSync } from 'node:fs';
import { OperationError } from '../errors.ts';
import { checkNetnsName } from './directories.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** What tells one network namespace from another: its inode in nsfs (namespaces(7)). */
export function namespaceInode(netns: string | undefined): number {
  const path = netns === undefined ? '/proc/self/ns/net' : `/run/netns/${checkNetnsName(netns)}`;
  try {
    return statSync(path).ino;
  } catch (error) {
    const message =
      netns !== undefined && systemErrorCode(error) === 'ENOENT'
        ? `There is no network namespace "${netns}"`
        : `Cannot identify the network namespace by ${path}: ${describeSystemError(error)}`;
    throw new OperationError(message, { hints: ['"ip netns list" shows those with a name.'], cause: error });
  }
}
