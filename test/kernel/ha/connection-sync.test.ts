import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HaDirector } from '../../lab/ha-director.ts';
import { type HaLoad, startHaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import type { LongConnection } from '../../lab/long-connection.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { haSpec, services, vrrp } from './spec.ts';

const DR = Object.values(HA_VIPS.dr);
const ASKED = [...DR, ...Object.values(HA_VIPS.nat)];
const ALL = [...ASKED, ...Object.values(HA_VIPS.gateway)];
const TIMING = { version: 3, advert_interval: '250ms', priority: { lb1: 150, lb2: 100 } };

/** Those of the kernel: a connection is told to the others by its third packet, and then by each fiftieth. */
const BY_PACKETS = { sync_threshold: '3 50', sync_refresh_period: '0', sync_retries: '0' };
/** As soon as it is established, and again when the others could forget it; twice, since messages may get lost. */
const BY_TIME = { sync_threshold: '0 0', sync_refresh_period: '2', sync_retries: '1' };
/**
 * Before a director is master again it must know what is open. That takes as long as sync_refresh_period, and up to three
 * seconds more, since the kernel keeps a message that is not full for two and looks once a second (ip_vs_sync.c).
 */
const PREEMPT_DELAY = '8s';

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('connection sync', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'sync-', directors: 2 });
    // Only long connections.
    load = await startHaLoad({ netns: cluster.client, vips: [] });
  });

  after(async () => {
    await load.stop();
    await cluster.remove();
  });

  test('without connection sync, established connections break when their director dies', async () => {
    await play({}, BY_PACKETS);
    await load.hold(ASKED);
    await loseFirst();
    await held((all) => all.every(({ endedBy }) => endedBy === 'ECONNRESET'));
    await cluster.lb1.revive();
  });

  test('with the scheduler mh and sloppy_tcp, those of DR go on all the same: every director would choose the same server', async () => {
    const dr = Object.entries(services('dr')).map(
      ([name, service]) => [name, { ...service, scheduler: 'mh' }] as const,
    );
    await play({ services: { ...Object.fromEntries(dr), ...services('nat') } }, { ...BY_PACKETS, sloppy_tcp: '1' });
    await load.hold(DR);
    await loseFirst();
    await goOn();
    await cluster.lb1.revive();
    setSysctls({ sloppy_tcp: '0' });
  });

  for (const { claim, sync } of [
    { claim: 'daemons that keepalived runs by the state of an instance', sync: { role: 'vrrp', instance: 'dr' } },
    { claim: 'daemons of both roles that lvsctl runs', sync: { role: 'both' } },
  ]) {
    test(`with ${claim}, established connections go on when their director dies, and when it comes back`, async (t) => {
      const { lb1, lb2 } = cluster;
      await play({ connection_sync: { interface: 'eth1', sync_id: 7, ...sync } }, BY_TIME);
      await isKnown(t, await load.hold(ASKED, { quiet: ASKED }), lb2);
      await loseFirst();
      // Those that were only opened have not asked anything yet.
      await load.speak();
      await goOn();
      const opened = await load.hold(ASKED);
      await lb1.revive();
      await isKnown(t, opened, lb1);
      await cluster.settles({ lb1: ALL, lb2: [] });
      await goOn();
    });
  }

  test('by packets alone, a connection that says nothing is known to its director only', async () => {
    const { lb2 } = cluster;
    setSysctls(BY_PACKETS);
    const quiet = await load.hold([], { quiet: ASKED });
    // Longer than the two seconds after which a message is sent that is not full.
    await sleep(4000);
    assert.deepEqual(unknown(quiet, lb2), quiet);
    await load.speak();
    await isKnown(undefined, quiet, lb2);
  });

  /** Makes both directors as a spec says, lb1 being master. */
  async function play(spec: object, sysctls: Readonly<Record<string, string>>): Promise<void> {
    setSysctls(sysctls);
    await cluster.play(haSpec(['lb1', 'lb2'], { ...vrrp({ ...TIMING, preempt_delay: PREEMPT_DELAY }), ...spec }));
    await cluster.settles({ lb1: ALL, lb2: [] });
  }

  function setSysctls(values: Readonly<Record<string, string>>): void {
    for (const director of cluster.directors) director.sysctls('ipv4/vs', values);
  }

  async function loseFirst(): Promise<void> {
    await cluster.lb1.crash();
    await cluster.settles({ lb2: ALL });
  }

  /** Every long connection gets answers, more than it has had, and none was cut. */
  async function goOn(): Promise<void> {
    const before = await load.held();
    await held((all) => all.every(({ answers }, index) => answers > (before[index]?.answers ?? 0)));
    const cut = (await load.held()).filter(({ endedBy }) => endedBy !== null);
    assert.deepEqual(cut, []);
  }

  /** Waits until that is so for the long connections. */
  async function held(isSo: (all: readonly LongConnection[]) => boolean): Promise<void> {
    const limit = Date.now() + 15_000;
    for (let all = await load.held(); !isSo(all); all = await load.held()) {
      if (Date.now() > limit) assert.fail(`Not in 15 s: ${isSo}\n${JSON.stringify(all, null, 2)}`);
      await sleep(100);
    }
  }

  /** Waits until a director knows connections that came by the other one. */
  async function isKnown(
    t: TestContext | undefined,
    connections: readonly LongConnection[],
    director: HaDirector,
  ): Promise<void> {
    const begin = Date.now();
    while (unknown(connections, director).length > 0) {
      assert.ok(Date.now() < begin + 15_000, director.run('cat', '/proc/net/ip_vs_conn_sync'));
      await sleep(200);
    }
    t?.diagnostic(`${director.name} knew all ${connections.length} connections after ${Date.now() - begin} ms`);
  }

  function unknown(connections: readonly LongConnection[], director: HaDirector): LongConnection[] {
    // Its third column is the client's port, in hex.
    const rows = director
      .run('cat', '/proc/net/ip_vs_conn_sync')
      .split('\n')
      .map((row) => row.split(/\s+/));
    const ports = rows.filter((row) => row.includes('ESTABLISHED')).map((row) => Number.parseInt(row[2] ?? '', 16));
    return connections.filter(({ clientPort }) => !ports.includes(clientPort));
  }
});
