import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { networkScript, removalScript } from './network-script.ts';
import { siteHosts } from './site-network.ts';
import { SITE_SERVERS } from './site-plan.ts';

/** A built site; SITE_GROUPS says which addresses it has. */
export interface Site {
  /** Network namespace of the client, and of the director. */
  readonly client: string;
  readonly director: string;
  /** Network namespace of a real server, by its name. */
  netnsOf(server: string): string;
  /** Ends the real servers and removes the namespaces. */
  remove(): Promise<void>;
}

/** Builds a whole LVS site in network namespaces: real servers that answer, and a director whose table is empty. */
export async function buildSite(options: { readonly prefix?: string } = {}): Promise<Site> {
  const prefix = options.prefix ?? '';
  const hosts = siteHosts();
  const netnsOf = (name: string) => prefix + name;
  runScript(networkScript(prefix, hosts));
  const servers = await startRealServers(SITE_SERVERS.map(({ name, port }) => ({ name, port, netns: netnsOf(name) })));
  return {
    client: netnsOf('client'),
    director: netnsOf('director'),
    netnsOf,
    async remove() {
      await servers.stop();
      runScript(removalScript(prefix, hosts));
    },
  };
}

/** Runs a command in a network namespace and gives what it printed; throws with its words when it fails. */
export function runIn(netns: string, command: readonly string[], input = ''): string {
  return execFileSync('nsenter', [`--net=/run/netns/${netns}`, ...command], { input, encoding: 'utf8', stdio: 'pipe' });
}

/** Runs a shell script; throws when it fails. */
export function runScript(script: string): void {
  execFileSync('sh', { input: script, encoding: 'utf8', stdio: 'pipe' });
}

/** Starts an HTTP server in each namespace, all in one process; they listen when this returns. */
export async function startRealServers(
  servers: readonly { readonly name: string; readonly netns: string; readonly port: number }[],
): Promise<{ stop(): Promise<void> }> {
  const places = servers.map(({ netns, port }) => `${netns}:${port}`);
  const names = servers.map(({ name }) => name);
  const program = [process.execPath, join(import.meta.dirname, 'real-servers.ts'), ...names];
  const opener = join(import.meta.dirname, 'listen-in-namespaces.pl');
  const child = spawn('perl', [opener, ...places, '--', ...program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error('The real servers ended before they were ready');
  });
  await Promise.race([once(child.stdout, 'data'), failed]);
  failed.catch(() => {});
  // The servers must not keep a program alive that forgot to remove its site.
  child.unref();
  return { stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  // Or a program with nothing else to do would end while it waits here.
  child.ref();
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
