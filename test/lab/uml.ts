import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabFolder } from './boot.ts';

const MEMORY_MEGABYTES = 1536;
const KERNEL = process.env.LVSCTL_UML ?? '/usr/bin/linux.uml';

/** Boots Debian's User Mode Linux, whose root is the host's file system, with the lab's `init.sh` as its init. */
export function startUml(folder: LabFolder): ChildProcess {
  assertInstalled();
  const output = openSync(join(folder.path, 'output'), 'a');
  const console = openSync(join(folder.path, 'console'), 'a');
  try {
    return spawn(KERNEL, kernelArguments(folder), {
      stdio: ['ignore', console, console, output],
      detached: true,
      env: { ...process.env, TMPDIR: memoryFolder() },
    });
  } finally {
    closeSync(output);
    closeSync(console);
  }
}

function assertInstalled(): void {
  try {
    accessSync(KERNEL, constants.X_OK);
  } catch {
    throw new Error(
      `Cannot find ${KERNEL}: run bin/test, which installs Debian's package user-mode-linux (amd64 only), ` +
        'or set LVSCTL_LAB=host to use the kernel of this machine, as root',
    );
  }
}

function kernelArguments(folder: LabFolder): string[] {
  return [
    `mem=${MEMORY_MEGABYTES}M`,
    ...['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw', 'quiet'],
    `init=${folder.path}/init.sh`,
    // The kernel hands words it does not know to init, as its environment.
    ...['LAB_KIND=uml', `LAB_WORK=${folder.path}`, `LAB_SECONDS=${Math.ceil(folder.seconds)}`],
    ...['con=null', 'con0=null,fd:1', 'ssl=null', 'ssl0=null,fd:3'],
    ...[`uml_dir=${folder.path}/`, 'umid=uml'],
  ];
}

/** Where the guest's memory lies, as a file: it must be mapped executable, and containers often forbid that in /dev/shm. */
function memoryFolder(): string {
  return (
    ['/dev/shm', '/run'].find((folder) => isExecutable(folder) && freeMegabytes(folder) > MEMORY_MEGABYTES) ?? tmpdir()
  );
}

function isExecutable(folder: string): boolean {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const mount = mounts.map((line) => line.split(' ')).findLast((fields) => fields[1] === folder);
  return mount?.[2] === 'tmpfs' && !mount[3]?.split(',').includes('noexec');
}

function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 2 ** 20;
}
