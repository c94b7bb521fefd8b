import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { networkScript, removalScript } from './site-network.ts';
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
  const netnsOf = (name: string) => prefix + name;
  runScript(networkScript(prefix));
  const servers = await startRealServers(netnsOf);
  return {
    client: netnsOf('client'),
    director: netnsOf('director'),
    netnsOf,
    async remove() {
      // Or a program with nothing else to do would end while it waits here.
      servers.ref();
      servers.kill('SIGKILL');
      if (servers.exitCode === null && servers.signalCode === null) await once(servers, 'exit');
      runScript(removalScript(prefix));
    },
  };
}

/** Runs a command in a network namespace and gives what it printed; throws with its words when it fails. */
export function runIn(netns: string, command: readonly string[], input = ''): string {
  return execFileSync('nsenter', [`--net=/run/netns/${netns}`, ...command], { input, encoding: 'utf8', stdio: 'pipe' });
}

function runScript(script: string): void {
  execFileSync('sh', { input: script, encoding: 'utf8', stdio: 'pipe' });
}

async function startRealServers(netnsOf: (name: string) => string): Promise<ChildProcess> {
  const places = SITE_SERVERS.map((server) => `${netnsOf(server.name)}:${server.port}`);
  const names = SITE_SERVERS.map((server) => server.name);
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
  return child;
}
