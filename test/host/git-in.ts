import { execFileSync } from 'node:child_process';

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];

/** git in a directory, untouched by the settings of whoever runs the test; returns what it printed. */
export function gitIn(directory: string): (...args: string[]) => string {
  const env = {
    ...process.env,
    GIT_DIR: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
  };
  return (...args) => execFileSync('git', ['-C', directory, ...IDENTITY, ...args], { encoding: 'utf8', env }).trim();
}
