import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../src/main.ts';
import type { HaDirector } from '../../lab/ha-director.ts';
import { buildHaSite, type HaSite } from '../../lab/ha-site.ts';
import { until } from '../../lab/until.ts';
import { environment, liveContext } from '../director.ts';

/** A site whose directors do what one spec says. */
export interface Cluster extends HaSite {
  /** lb1, lb2 and, where there are three, lb3. */
  readonly lb1: HaDirector;
  readonly lb2: HaDirector;
  readonly lb3: HaDirector;
  /** Makes all directors as the spec says: IPVS by lvsctl, and VRRP by a keepalived that is started anew. */
  play(spec: object): Promise<void>;
  /** Waits until each of these directors holds its VIPs, and none of those that another one shall hold. */
  settles(places: Readonly<Record<string, readonly string[]>>): Promise<void>;
}

export async function buildCluster(options: { readonly prefix: string; readonly directors: 2 | 3 }): Promise<Cluster> {
  const site = await buildHaSite(options);
  const [lb1, lb2, lb3 = lb2] = site.directors;
  assert.ok(lb1 && lb2 && lb3);
  return {
    ...site,
    ...{ lb1, lb2, lb3 },
    async play(spec) {
      const text = JSON.stringify(spec);
      await Promise.all(site.directors.map((director) => director.stop()));
      // Whatever a test before has left behind.
      await Promise.all(site.directors.map((director) => director.plug('eth0', 'eth1')));
      for (const director of site.directors) await configure(director, text);
      // The first one is first to be master.
      for (const director of site.directors) await director.start();
    },
    async settles(places) {
      const vips = Object.values(places).flat();
      const holders = site.directors.filter(({ name }) => name in places);
      const isSettled = () =>
        holders.every((director) => vips.every((vip) => director.holds(vip) === places[director.name]?.includes(vip)));
      await until(isSettled, { describe: () => holders.map(({ name, log }) => `${name}:\n${log}`).join('\n') });
    },
  };
}

async function configure(director: HaDirector, text: string): Promise<void> {
  const file = join(director.folder, 'site.lvs.yaml');
  writeFileSync(file, text);
  await lvsctl(director, 'apply', '--auto-approve', '--allow-disruptive', '-f', file);
}

/** Runs a verb on a director, in this process, and gives what it printed; fails when the verb does. */
export async function lvsctl(director: HaDirector, ...args: readonly string[]): Promise<string> {
  const env = {
    ...environment(director.folder),
    LVSCTL_NETNS: director.netns,
    LVSCTL_KEEPALIVED_CONF: director.files.conf,
    LVSCTL_KEEPALIVED_PID: director.files.pid,
  };
  const { context, ended } = liveContext(env, director.folder, director.name);
  await run(args, context);
  assert.equal(ended.exitCode, 0, ended.stdout + ended.stderr);
  return ended.stdout;
}
