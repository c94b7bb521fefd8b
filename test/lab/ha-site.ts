import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HaDirector } from './ha-director.ts';
import { haHosts } from './ha-network.ts';
import { directorNames, HA_SERVERS } from './ha-plan.ts';
import { startSwitch } from './ha-switch.ts';
import { NETWORK, networkScript, removalScript } from './network-script.ts';
import { runScript, startRealServers } from './site.ts';

/** A built site with several directors; ha-plan.ts says which addresses it has. */
export interface HaSite {
  /** Network namespace of the client. */
  readonly client: string;
  /** lb1 first. */
  readonly directors: readonly HaDirector[];
  /** Ends what runs in it and removes the namespaces. */
  remove(): Promise<void>;
}

/** Builds the site: real servers that answer, and directors with nothing in their tables and no keepalived yet. */
export async function buildHaSite(options: { readonly prefix: string; readonly directors: 2 | 3 }): Promise<HaSite> {
  const hosts = haHosts(options.directors);
  const netnsOf = (name: string) => options.prefix + name;
  // On tmpfs, so that nothing of it waits for the host's file system.
  const folder = mkdtempSync(join(tmpdir(), 'ha-site-'));
  runScript(networkScript(options.prefix, hosts));
  const servers = await startRealServers(HA_SERVERS.map(({ name, port }) => ({ name, port, netns: netnsOf(name) })));
  const ports = startSwitch(netnsOf(NETWORK));
  const directors = directorNames(options.directors).map(
    (name) => new HaDirector({ name, netns: netnsOf(name), switch: ports, folder: join(folder, name) }),
  );
  return {
    client: netnsOf('client'),
    directors,
    async remove() {
      await Promise.all([servers.stop(), ...directors.map((director) => director.remove())]);
      ports.stop();
      runScript(removalScript(options.prefix, hosts));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
