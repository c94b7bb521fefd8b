import { join } from 'node:path';
import { UsageError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where lvsctl keeps its things. None of them need exist yet. */
export interface Directories {
  /** State and snapshots of one network namespace: must survive a reboot. */
  readonly state: string;
  /** Lock and control socket: must not. */
  readonly runtime: string;
  /** Specs, where the command line names none. */
  readonly config: string;
}

/**
 * LVSCTL_STATE_DIR and LVSCTL_RUNTIME_DIR win, then what systemd gives its services (systemd.exec(5),
 * RuntimeDirectory=), then the system's places for root and the XDG ones for everybody else.
 * A named network namespace has a table, and so a state, of its own.
 */
export function hostDirectories(options: {
  readonly env: Environment;
  /** Effective user id. */
  readonly uid: number;
  /** Home directory, where HOME does not say. */
  readonly home: string;
  readonly netns?: string;
}): Directories {
  const { env, uid, netns } = options;
  const fallback = uid === 0 ? SYSTEM : userDirectories(env, options.home);
  const state = env.LVSCTL_STATE_DIR || firstOf(env.STATE_DIRECTORY) || fallback.state;
  return {
    state: netns === undefined ? state : join(state, 'netns', checkNetnsName(netns)),
    runtime: env.LVSCTL_RUNTIME_DIR || firstOf(env.RUNTIME_DIRECTORY) || fallback.runtime,
    config: firstOf(env.CONFIGURATION_DIRECTORY) || fallback.config,
  };
}

/** Root's, where nothing else is said: also for others, to find what root runs. */
export const SYSTEM: Directories = { state: '/var/lib/lvsctl', runtime: '/run/lvsctl', config: '/etc/lvsctl' };

function userDirectories(env: Environment, passwdHome: string): Directories {
  const home = env.HOME || passwdHome;
  const state = join(absolute(env.XDG_STATE_HOME) ?? join(home, '.local/state'), 'lvsctl');
  const runtime = absolute(env.XDG_RUNTIME_DIR);
  return {
    state,
    // Without a session there is no runtime directory, and in /tmp anybody could take our name.
    runtime: runtime === undefined ? join(state, 'run') : join(runtime, 'lvsctl'),
    config: join(absolute(env.XDG_CONFIG_HOME) ?? join(home, '.config'), 'lvsctl'),
  };
}

/** The XDG base directory specification: a relative path is invalid and counts as not set. */
function absolute(path: string | undefined): string | undefined {
  return path?.startsWith('/') ? path : undefined;
}

/** systemd separates several directories by colons. */
function firstOf(list: string | undefined): string | undefined {
  return list?.split(':')[0];
}

/** A name as `ip netns add` takes it: one path component. */
export function checkNetnsName(name: string): string {
  if (name !== '' && name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0')) return name;
  throw new UsageError(`"${name}" is not the name of a network namespace; "ip netns list" shows them`);
}
