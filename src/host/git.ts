import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SpecRevision } from '../model/spec-source.ts';
import { type ExecResult, exec } from './exec.ts';

export interface SpecRevisionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told why there is none, where that is no matter of course: git refuses, or hangs. */
  readonly onUnknown?: (reason: string) => void;
}

/** The revision of a file or directory; null outside of git, before the first commit, and where git cannot tell. */
export async function specRevision(path: string, options: SpecRevisionOptions): Promise<SpecRevision | null> {
  // git knows a link only as a link, so ask about what it leads to.
  const real = await realpath(path).catch(() => null);
  if (real === null) return null;
  const isDirectory = await stat(real).then((found) => found.isDirectory());
  const [directory, name] = isDirectory ? [real, '.'] : [dirname(real), basename(real)];
  const git = (...args: string[]) => runGit(['-C', directory, ...SAFELY, ...args, '--', name], options);
  const log = await git('log', '-1', '--format=%H %ct');
  const [, commit, time] = /^([0-9a-f]{40,64}) (\d+)$/m.exec(log ?? '') ?? [];
  if (commit === undefined) return null;
  const status = await git('status', '--porcelain', '--untracked-files=all');
  return status === null ? null : { commit, time: Number(time), dirty: status !== '' };
}

/** A name is a name and no pattern, and the repository's settings run no program of its own. */
export const SAFELY = ['--literal-pathspecs', '-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];

/** What git printed; null where it failed. */
export async function runGit(args: readonly string[], options: SpecRevisionOptions): Promise<string | null> {
  const result = await exec('git', args, { env: gitEnvironment(options.env), timeoutSeconds: 10 });
  if (result.exitCode === 0) return result.stdout;
  const reason = refusal(result);
  if (reason !== null) options.onUnknown?.(reason);
  return null;
}

/**
 * Without GIT_DIR and its like, which a hook sets for its own repository. GIT_OPTIONAL_LOCKS (git(1)): looking at the
 * status must not take the index.lock that watch takes for a checkout.
 */
function gitEnvironment(env: SpecRevisionOptions['env']): SpecRevisionOptions['env'] {
  return { ...env, GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined, GIT_OPTIONAL_LOCKS: '0' };
}

/** Null for what needs no word: no git on this machine, no repository here, no commit yet. */
function refusal({ failure, stderr, timedOut }: ExecResult): string | null {
  if (failure === 'missing' || /not a git repository|does not have any commits yet/.test(stderr)) return null;
  if (timedOut) return 'git did not answer in 10s';
  const firstLine = stderr.trim().split('\n')[0] ?? '';
  return firstLine === '' ? 'git failed' : firstLine.replace(/^fatal: /, 'git: ');
}
