import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { COMPILE_CACHE } from './compile-cache.ts';
import { startInHostNamespaces } from './host-namespaces.ts';
import { onOurEnd } from './on-our-end.ts';
import { tail } from './tail.ts';
import { startUml } from './uml.ts';

export interface LabOptions {
  /** Time limit; past it everything is killed and the status is 124. */
  readonly seconds: number;
  /** Gets the command's output as it appears, both streams in their order. */
  readonly log: (text: string) => void;
  /** Added to the small environment that the lab gives every command. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A lab's files: `command` and `init.sh` go in; `output`, `console` and `status` come out. */
export interface LabFolder {
  readonly path: string;
  readonly seconds: number;
}

const REPOSITORY = resolve(import.meta.dirname, '../..');
const TIMED_OUT = 124;

/**
 * Runs a command as root on a real kernel with IPVS, from the repository's folder, and gives its exit status.
 * The kernel is a User Mode Linux guest, or with `LVSCTL_LAB=host` the host's own in fresh namespaces.
 * Throws when the kernel does not start or dies. Labs are independent: several may run at the same time.
 */
export async function runInLab(command: readonly string[], options: LabOptions): Promise<number> {
  const folder = prepareFolder(command, options);
  try {
    const lab = startLab(folder);
    const timedOut = await watchLab(lab, folder, options);
    if (!timedOut) return readStatus(folder);
    options.log(`\nThe lab was stopped: its time limit of ${options.seconds} s is over\n${consoleTail(folder)}`);
    return TIMED_OUT;
  } finally {
    rmSync(folder.path, { recursive: true, force: true });
  }
}

function prepareFolder(command: readonly string[], options: LabOptions): LabFolder {
  const path = mkdtempSync(join(tmpdir(), 'lvsctl-lab-'));
  // The guest's output is a terminal, whatever ours is.
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: '1', TERM: 'dumb' };
  const env = { PATH: labPath(), ...COMPILE_CACHE, ...colour, ...options.env };
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${quote(value)}`);
  const script = [`cd ${quote(process.cwd())} || exit 127`, ...exports, `exec ${command.map(quote).join(' ')}`];
  writeFileSync(join(path, 'command'), `${script.join('\n')}\n`);
  writeFileSync(join(path, 'output'), '');
  writeFileSync(join(path, 'console'), '');
  copyFileSync(join(import.meta.dirname, 'init.sh'), join(path, 'init.sh'));
  chmodSync(join(path, 'init.sh'), 0o755);
  return { path, seconds: options.seconds };
}

// This Node first: the system's may be too old, or missing.
function labPath(): string {
  const own = [dirname(process.execPath), join(REPOSITORY, 'node_modules/.bin')];
  return [...own, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(delimiter);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function startLab(folder: LabFolder): ChildProcess {
  const kind = process.env.LVSCTL_LAB ?? 'uml';
  if (kind === 'uml') return startUml(folder);
  if (kind === 'host') return startInHostNamespaces(folder);
  throw new Error(`LVSCTL_LAB is "${kind}": use uml (a guest kernel, the default) or host (this machine's kernel)`);
}

/** Waits for the lab's end; true when the time limit came first. */
async function watchLab(lab: ChildProcess, folder: LabFolder, options: LabOptions): Promise<boolean> {
  const output = tail(join(folder.path, 'output'), options.log);
  const letGo = onOurEnd(() => {
    killGroup(lab);
    rmSync(folder.path, { recursive: true, force: true });
  });
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    killGroup(lab);
  }, options.seconds * 1000);
  try {
    await new Promise<void>((done, fail) => lab.once('error', fail).once('exit', () => done()));
  } finally {
    clearTimeout(limit);
    killGroup(lab);
    letGo();
    output.stop();
  }
  return timedOut;
}

// A guest's processes are processes of the host, in the group of the guest's kernel.
function killGroup(lab: ChildProcess): void {
  if (lab.pid === undefined) return;
  try {
    process.kill(-lab.pid, 'SIGKILL');
  } catch {
    // ESRCH: all of them have ended.
  }
}

function readStatus(folder: LabFolder): number {
  const text = readIfThere(join(folder.path, 'status')).trim();
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`The lab's kernel ended before the command did\n${consoleTail(folder)}`);
}

function consoleTail(folder: LabFolder): string {
  const lines = readIfThere(join(folder.path, 'console')).split(/[\r\n]+/);
  return `The end of its console:\n${lines.slice(-40).join('\n')}\n`;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: 'string', default: '120' } },
    allowPositionals: true,
  });
  const seconds = Number(values.seconds);
  if (positionals.length === 0 || !(seconds > 0)) {
    throw new Error('Usage: node test/lab/boot.ts [--seconds N] -- COMMAND [ARGUMENT...]');
  }
  process.exitCode = await runInLab(positionals, { seconds, log: (text) => process.stdout.write(text) });
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
