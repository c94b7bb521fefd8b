import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A keepalived that runs in a network namespace; it ends with the test, if not before. */
export interface RunningKeepalived {
  /** What it has logged so far. */
  log(): string;
  /** As systemd ends it, so that it takes its services out of the kernel. */
  stop(): Promise<void>;
}

/** Starts the real keepalived on a file, and waits until its services are in the kernel. `t`: of whom it is a part. */
export async function runKeepalived(
  t: { after(end: () => unknown): void },
  netns: string,
  conf: string,
): Promise<RunningKeepalived> {
  const folder = mkdtempSync(join(tmpdir(), 'keepalived-'));
  const file = join(folder, 'keepalived.conf');
  writeFileSync(file, conf);
  const pids = ['-p', '-r', '-c', '-b'].flatMap((flag) => [flag, join(folder, `pid${flag}`)]);
  const child = spawn('ip', ['netns', 'exec', netns, 'keepalived', '-n', '-l', '-D', '-f', file, ...pids], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  const running = { log: () => text, stop: () => stop(child) };
  t.after(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await eventually(
    'keepalived has started',
    () => /Activating BFD healthchecker/.test(text),
    () => text,
  );
  return running;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await ended;
}

/** Waits until something holds; fails with what is told of it then. */
export async function eventually(what: string, holds: () => boolean, tell: () => string): Promise<void> {
  const limit = Date.now() + 90_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error(`Not within 90 s: ${what}\n${tell()}`);
    // To look is to start a program, which is what costs in a guest.
    await sleep(300);
  }
}
