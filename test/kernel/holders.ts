import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { until } from '../lab/until.ts';
import type { Director } from './director.ts';

/** Processes that wait beside an apply on trial of this host. */
export function holders({ directory }: Director): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isHolder(pid, directory));
}

/** Kill -9 of all of them, which are one as a rule. */
export async function killHolders(host: Director): Promise<void> {
  for (const pid of holders(host)) process.kill(pid, 'SIGKILL');
  await until(() => holders(host).length === 0);
}

function isHolder(pid: number, directory: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes('--when-unconfirmed') && readlinkSync(`/proc/${pid}/cwd`) === directory;
  } catch {
    return false;
  }
}
