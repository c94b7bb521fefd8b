import { hostDirectories } from '../host/directories.ts';
import type { Context } from './context.ts';
import type { SpecOptions } from './options.ts';

/** The specs the command line names, else the ones of the host. */
export function specPaths({ env, uid, home }: Context, options: SpecOptions): readonly string[] {
  return options.file ?? [hostDirectories({ env, uid, home }).config];
}
