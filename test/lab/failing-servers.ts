import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Failing } from './failing-plan.ts';
import { NETWORK } from './network-script.ts';
import { runIn } from './site.ts';

/** What can be wrong with a real server, the host of it included. */
export type Fault = Exclude<Failing, 'well'> | 'killed' | 'unreachable';

/** A real server that fails when it is told to. */
export interface FailingServer {
  fail(fault: Fault): Promise<void>;
  /** It is well again when this returns. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one on a host of a site; it answers when this returns. */
export async function startFailingServer({ name, prefix }: { name: string; prefix: string }): Promise<FailingServer> {
  const netns = prefix + name;
  const cable = (state: 'up' | 'down') => runIn(prefix + NETWORK, ['ip', 'link', 'set', `${name}-eth0`, state]);
  let child = await start(name, netns);
  let fault: Fault | null = null;
  const tell = (mode: Failing) => void child.stdin?.write(`${mode}\n`);
  const kill = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  return {
    fail: async (next) => {
      fault = next;
      if (next === 'killed') await kill();
      else if (next === 'unreachable') cable('down');
      else tell(next);
    },
    recover: async () => {
      if (fault === 'killed') child = await start(name, netns);
      else if (fault === 'unreachable') cable('up');
      else tell('well');
      fault = null;
    },
    stop: kill,
  };
}

async function start(name: string, netns: string): Promise<ChildProcess> {
  const program = [process.execPath, join(import.meta.dirname, 'failing-server.ts'), name];
  const child = spawn('nsenter', [`--net=/run/netns/${netns}`, ...program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready`);
  });
  await Promise.race([once(child.stdout, 'data'), failed]);
  failed.catch(() => {});
  return child;
}
