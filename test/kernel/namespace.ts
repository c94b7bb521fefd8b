import { execFileSync } from 'node:child_process';
import type { TestContext } from 'node:test';

let count = 0;

/** A fresh network namespace, by default with lo up, so with an IPVS table, time-outs and trash of its own; deleted after the test. */
export function freshNamespace(t: TestContext, { isUp = true } = {}): string {
  count += 1;
  const name = `t${process.pid}-${count}`;
  run('ip', 'netns', 'add', name);
  t.after(() => run('ip', 'netns', 'del', name));
  // Without an address, not even 127.0.0.1, ip_vs refuses every IPv4 real server.
  if (isUp) run('ip', '-n', name, 'link', 'set', 'lo', 'up');
  return name;
}

function run(file: string, ...args: string[]): void {
  execFileSync(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
