import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HaDirector } from '../../lab/ha-director.ts';
import { startHaLoad, type HaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { type Failover, measureFailover, REQUESTS_PER_SECOND, takeoverLimit } from './measure.ts';
import { haSpec, vrrp } from './spec.ts';

const DR = Object.values(HA_VIPS.dr);
const NAT = Object.values(HA_VIPS.nat);
const GATEWAY = Object.values(HA_VIPS.gateway);
const ALL = [...DR, ...NAT, ...GATEWAY];
const PRIORITY = { lb1: 150, lb2: 100 };
const QUICK = { advert: 0.25, settings: { version: 3, advert_interval: '250ms', priority: PRIORITY } };
const PLAIN = { advert: 1, settings: { version: 2, preempt: false, priority: PRIORITY } };

interface Event {
  readonly claim: string;
  /** Says when it happened. */
  readonly strike: (lb1: HaDirector) => Promise<number>;
  readonly mend: (lb1: HaDirector) => Promise<unknown>;
  /** VIPs that lb2 takes over. */
  readonly moves: readonly string[];
  /** VIPs that are on lb1 afterwards. */
  readonly stays: readonly string[];
}

const start = (lb1: HaDirector) => lb1.start();
const EVENTS: readonly Event[] = [
  {
    claim: 'when its front cable is pulled, what needs the front moves',
    strike: (lb1) => lb1.unplug('eth0'),
    mend: (lb1) => lb1.plug('eth0'),
    moves: ALL,
    stays: [],
  },
  {
    claim: 'when its inside cable is pulled, both sides of NAT move together, and DR stays',
    strike: (lb1) => lb1.unplug('eth1'),
    mend: (lb1) => lb1.plug('eth1'),
    moves: [...NAT, ...GATEWAY],
    stays: DR,
  },
  {
    claim: 'when its keepalived is stopped, all VIPs move',
    strike: (lb1) => lb1.stop(),
    mend: start,
    moves: ALL,
    stays: [],
  },
  {
    claim: 'when the first process of its keepalived is killed, the other one gives all VIPs back',
    strike: (lb1) => lb1.killParent(),
    mend: start,
    moves: ALL,
    stays: [],
  },
  {
    claim:
      'when all of its keepalived is killed at once, lb2 takes all VIPs, and they are on lb1 as well until a new start',
    strike: (lb1) => lb1.kill(),
    mend: start,
    moves: ALL,
    stays: ALL,
  },
  {
    claim: 'when the host crashes, all VIPs move',
    strike: (lb1) => lb1.crash(),
    mend: (lb1) => lb1.revive(),
    moves: ALL,
    stays: [],
  },
];

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('active/standby', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'failover-', directors: 2 });
    await cluster.play(haSpec(['lb1', 'lb2'], vrrp(QUICK.settings)));
    load = await startHaLoad({ netns: cluster.client, vips: [...DR, ...NAT], requestsPerSecond: REQUESTS_PER_SECOND });
  });

  after(async () => {
    await load.stop();
    await cluster.remove();
  });

  for (const { claim, strike, mend, moves, stays } of EVENTS) {
    test(`lb1 is master: ${claim}; when that is mended, lb1 has all again`, async (t) => {
      const { lb1, lb2 } = cluster;
      await cluster.settles({ lb1: ALL, lb2: [] });
      try {
        await measureFailover(
          t,
          failover(() => strike(lb1), moves, QUICK.advert),
        );
        assert.deepEqual({ lb1: held(lb1), lb2: held(lb2) }, { lb1: stays, lb2: moves });
      } finally {
        await mend(lb1);
      }
      await cluster.settles({ lb1: ALL, lb2: [] });
    });
  }

  test('with VRRP 2 and adverts each second a crash costs no more than three of them, and without preemption lb1 waits', async (t) => {
    const { lb1, lb2 } = cluster;
    await cluster.play(haSpec(['lb1', 'lb2'], vrrp(PLAIN.settings)));
    await cluster.settles({ lb1: ALL, lb2: [] });
    await measureFailover(
      t,
      failover(() => lb1.crash(), ALL, PLAIN.advert),
    );
    await lb1.revive();
    await sleep(1000 * takeoverLimit({ advert: PLAIN.advert, priority: PRIORITY.lb1 }));
    assert.deepEqual({ lb1: held(lb1), lb2: held(lb2) }, { lb1: [], lb2: ALL });
    const waits = { state: 'backup', priority: PRIORITY.lb1 };
    assert.deepEqual(await lb1.vrrpStandings(), { dr: waits, 'nat-inside': waits, 'nat-outside': waits });
  });

  function held(director: HaDirector): string[] {
    return ALL.filter((vip) => director.holds(vip));
  }

  function failover(strike: Failover['strike'], moves: readonly string[], advert: number): Failover {
    const limitSeconds = takeoverLimit({ advert, priority: PRIORITY.lb2 });
    return { strike, moves, limitSeconds, load, successor: cluster.lb2, asked: [...DR, ...NAT] };
  }
});
