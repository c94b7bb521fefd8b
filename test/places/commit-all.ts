import { execFileSync } from 'node:child_process';

/** Makes a repository of a directory with all its files in one commit. */
export function commitAll(directory: string, { tag }: { readonly tag?: string } = {}): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: directory });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'All');
  if (tag !== undefined) git('tag', tag);
}
