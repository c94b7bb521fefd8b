import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { monitorAddresses } from '../../lab/address-monitor.ts';
import { freshNamespace } from '../namespace.ts';
import { eventually } from './running.ts';

/** A director on which keepalived runs and takes over one file after the other. */
export interface Reloading {
  readonly netns: string;
  log(): string;
  /** Addresses that are there now, apart from those of the interface itself. */
  vips(): string[];
  /** Waits until some VIPs, and no others, are there. */
  untilVips(...addresses: readonly string[]): Promise<void>;
  /** What came (`+`) and went (`-`) since the last look, in order. */
  changes(): string[];
  /** The rules of the kernel's table, sorted. */
  table(...options: readonly string[]): string[];
  untilTable(...rules: readonly string[]): Promise<void>;
  /** Has keepalived take over a file, and waits until it has. */
  reload(conf: string): Promise<void>;
  /** The same, without a wait. */
  hangUp(conf: string): void;
  readonly ended: Promise<number | null>;
}

/** A network namespace with eth0 in it; with another one, both are on one segment. */
export function networkOf(t: TestContext, peer?: string): string {
  const netns = freshNamespace(t);
  if (peer === undefined) ip('-n', netns, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'other');
  else ip('-n', peer, 'link', 'set', 'other', 'netns', netns, 'name', 'eth0');
  const devices = peer === undefined ? ['eth0', 'other'] : ['eth0'];
  for (const device of devices) ip('-n', netns, 'link', 'set', device, 'up');
  ip('-n', netns, 'addr', 'add', `192.0.2.${peer === undefined ? 1 : 2}/24`, 'dev', 'eth0');
  return netns;
}

function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8' });
}

/** Starts keepalived in a namespace, and waits until it is well under way. */
export async function startReloading(t: TestContext, netns: string, conf: string): Promise<Reloading> {
  const folder = mkdtempSync(join(tmpdir(), 'reloading-'));
  const file = join(folder, 'keepalived.conf');
  writeFileSync(file, conf);
  const pids = ['-p', '-r', '-c', '-b'].flatMap((flag) => [flag, join(folder, `pid${flag}`)]);
  const child = spawn('ip', ['netns', 'exec', netns, 'keepalived', '-n', '-l', '-D', '-f', file, ...pids], {
    env: { ...process.env, TMPDIR: folder, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = collect(child);
  const monitor = monitorAddresses(netns);
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  t.after(async () => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(force);
    monitor.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await eventually('keepalived has started', () => /Startup complete/.test(log()), log);
  const reloads = () => log().match(/Reload complete/g)?.length ?? 0;
  const hangUp = (text: string) => {
    writeFileSync(file, text);
    child.kill('SIGHUP');
  };
  const vips = () => addressesIn(netns);
  const table = (...options: readonly string[]) =>
    execFileSync('ip', ['netns', 'exec', netns, 'ipvsadm', ...(options.length === 0 ? ['-Sn'] : options)], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter(Boolean)
      .sort();
  let seen = 0;
  return {
    netns,
    log,
    vips,
    table,
    hangUp,
    ended,
    untilVips: (...addresses) =>
      eventually(`the VIPs are ${addresses}`, () => vips().join() === [...addresses].sort().join(), log),
    untilTable: (...rules) =>
      eventually(
        `the table is ${rules}`,
        () => table().join() === [...rules].sort().join(),
        () => table().join('\n') + log(),
      ),
    changes: () => {
      const news = monitor.changes.slice(seen);
      seen = monitor.changes.length;
      return news.map(({ address, isThere }) => `${isThere ? '+' : '-'}${address}`).filter(isVip);
    },
    reload: async (text) => {
      const before = reloads();
      hangUp(text);
      await eventually('keepalived has reloaded', () => reloads() > before, log);
      // The parent hears of the end before the last address is on.
      await sleep(300);
    },
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  return () => text;
}

function addressesIn(netns: string): string[] {
  const lines = ip('-n', netns, '-4', '-o', 'addr', 'show', 'dev', 'eth0').split('\n');
  const found = lines.flatMap((line) => /inet ([0-9.]+)\//.exec(line)?.[1] ?? []);
  return found.filter(isVip).sort();
}

function isVip(text: string): boolean {
  return text.includes('203.0.113.');
}
