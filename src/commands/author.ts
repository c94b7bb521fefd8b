import type { Context } from './context.ts';

/** Who does it. Under sudo everybody is root; the one behind it is who others want to ask. */
export function authorOf({ env, uid }: Context): string {
  return env.SUDO_USER || env.USER || env.LOGNAME || `uid ${uid}`;
}
