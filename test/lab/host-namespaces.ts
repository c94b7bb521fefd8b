import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { LabFolder } from './boot.ts';

/** Runs the lab's `init.sh` on the kernel of this machine, in mount, network and process namespaces of its own. */
export function startInHostNamespaces(folder: LabFolder): ChildProcess {
  assertUsable();
  const output = openSync(join(folder.path, 'output'), 'a');
  const init = join(folder.path, 'init.sh');
  try {
    // The process namespace makes one signal enough to end everything, daemons too.
    return spawn('unshare', ['-m', '-n', '-p', '--fork', '--kill-child', '--mount-proc', init], {
      stdio: ['ignore', output, output],
      detached: true,
      env: {
        LAB_KIND: 'host',
        LAB_WORK: folder.path,
        LAB_SECONDS: String(folder.seconds),
        PATH: process.env.PATH ?? '',
      },
    });
  } finally {
    closeSync(output);
  }
}

function assertUsable(): void {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'LVSCTL_LAB=host needs root: run the command with sudo, or leave LVSCTL_LAB unset for a guest kernel',
    );
  }
  const probe = spawnSync('unshare', ['-n', 'ipvsadm', '-Ln'], { encoding: 'utf8' });
  if (probe.status === 0) return;
  const reason = probe.error?.message ?? probe.stderr.trim();
  throw new Error(
    `LVSCTL_LAB=host needs a kernel with ip_vs and the package ipvsadm, and this machine said:\n${reason}\n` +
      'Leave LVSCTL_LAB unset to use a guest kernel instead',
  );
}
