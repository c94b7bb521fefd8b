import { join, resolve } from 'node:path';
import { hostDirectories, SYSTEM } from '../host/directories.ts';
import { namespaceInode } from '../host/namespace.ts';
import type { Context } from './context.ts';

export interface ControlPath {
  readonly path: string;
  /** Whether it is in the runtime directory, and not where somebody put it. */
  readonly isOwnDirectory: boolean;
}

/** Where a daemon of ours answers for one network namespace. */
export function controlPath(context: Context, netns: string | undefined): ControlPath {
  const { env, cwd } = context;
  if (env.LVSCTL_SOCKET) return { path: resolve(cwd, env.LVSCTL_SOCKET), isOwnDirectory: false };
  return { path: join(hostDirectories(context).runtime, socketName(netns)), isOwnDirectory: true };
}

/** And where else one may: members of the group lvsctl ask root's daemon. */
export function otherControlPath({ env, uid }: Context, netns: string | undefined): string | null {
  if (uid === 0 || env.LVSCTL_SOCKET || env.LVSCTL_RUNTIME_DIR || env.RUNTIME_DIRECTORY) return null;
  return join(SYSTEM.runtime, socketName(netns));
}

function socketName(netns: string | undefined): string {
  return `control-${namespaceInode(netns)}.sock`;
}
