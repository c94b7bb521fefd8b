import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { OperationError } from '../errors.ts';
import { childrenOf, signalProcess } from './keepalived-process.ts';

const READ_AGAIN_MILLISECONDS = 5000;
const LOOK_MILLISECONDS = 20;

/**
 * Reloads a keepalived whose new file lacks services that its kernel entries are to outlive. On an ordinary reload its
 * checker process would delete them. So that process is stopped, the parent reads the new file, and the checker is killed
 * before it does: the parent starts another one, which never heard of those services. VRRP is another process and goes on.
 *
 * Measured with 2.2.7: the table stays equal, byte for byte, and established connections lose nothing.
 */
export async function reloadKeepingServices(parent: number): Promise<void> {
  const checker = await checkerOf(parent);
  // Without a checker process there is nobody who would delete them.
  if (checker === null) return void signalProcess(parent, 'SIGHUP');
  signalProcess(checker, 'SIGSTOP');
  signalProcess(parent, 'SIGHUP');
  if (await becomes(() => hasPendingHangup(checker))) return void signalProcess(checker, 'SIGKILL');
  signalProcess(checker, 'SIGCONT');
  throw new OperationError('keepalived refused to reload: it changes something that only a restart can change', {
    hints: ['See its log, and restart it: systemctl restart keepalived'],
  });
}

/** The parent hands the signal on only after it has read the file again, so that this tells when it has. */
async function hasPendingHangup(pid: number): Promise<boolean> {
  const pending = /^(?:ShdPnd|SigPnd):\s*([0-9a-f]+)$/gm;
  const status = await readIfThere(`/proc/${pid}/status`);
  return [...status.matchAll(pending)].some(([, mask]) => (BigInt(`0x${mask}`) & 1n) === 1n);
}

async function becomes(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + READ_AGAIN_MILLISECONDS; performance.now() < end; await delay(LOOK_MILLISECONDS))
    if (await isSo()) return true;
  return false;
}

/** The child whose number is in the pid file of the checkers, as the command line names it. */
async function checkerOf(parent: number): Promise<number | null> {
  const words = (await readIfThere(`/proc/${parent}/cmdline`)).split('\0');
  const at = words.findIndex((word) => word === '-c' || word === '--checkers_pid');
  const named = words.find((word) => word.startsWith('--checkers_pid='))?.slice('--checkers_pid='.length);
  const files = [at < 0 ? named : words[at + 1], ...DEFAULT_PID_FILES].flatMap((file) => file ?? []);
  const children = await childrenOf(parent);
  for (const file of files) {
    const pid = Number((await readIfThere(file)).trim());
    if (children.includes(pid)) return pid;
  }
  return null;
}

// Where keepalived 2.2 puts it, with and without a directory of its own (lib/pidfile.c).
const DEFAULT_PID_FILES = ['/run/keepalived/checkers.pid', '/run/keepalived_checkers.pid'];

async function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
