import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { freshNamespace } from '../namespace.ts';

/** Where real servers are played. */
export interface World {
  readonly netns: string;
  readonly folder: string;
  /** The rules of the kernel's table, sorted. */
  table(): string[];
}

/** A network namespace where all of 10.0.0.0/8 is this host. */
export function world(t: TestContext): World {
  const netns = freshNamespace(t);
  const folder = mkdtempSync(join(tmpdir(), 'health-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('ip', ['-n', netns, 'route', 'add', 'local', '10.0.0.0/8', 'dev', 'lo']);
  const list = () => execFileSync('ip', ['netns', 'exec', netns, 'ipvsadm', '-Sn'], { encoding: 'utf8' });
  return { netns, folder, table: () => list().split('\n').filter(Boolean).sort() };
}

/** What the services in it stand on. */
export const SPEC = {
  directors: { lb1: { address: '192.0.2.11', interface: 'eth0' } },
  keepalived: { script_user: 'root' },
  defaults: { owner: 'keepalived', forwarding: 'nat', scheduler: 'rr' },
};
