import { after, before, describe, test } from 'node:test';
import { type HaLoad, startHaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { type Failover, measureFailover, REQUESTS_PER_SECOND, takeoverLimit } from './measure.ts';
import { haSpec, services } from './spec.ts';

const FIRST = Object.values(HA_VIPS.dr);
const SECOND = Object.values(HA_VIPS.drOther);
const TIMING = { version: 3, advert_interval: '250ms' };

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('active/active', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'active-', directors: 2 });
    await cluster.play(
      haSpec(['lb1', 'lb2'], {
        vrrp: {
          first: { virtual_router_id: 51, vips: FIRST, priority: { lb1: 150, lb2: 100 }, ...TIMING },
          second: { virtual_router_id: 52, vips: SECOND, priority: { lb1: 100, lb2: 150 }, ...TIMING },
        },
        services: { ...services('dr'), ...services('dr', { vip: 'drOther' }) },
      }),
    );
    load = await startHaLoad({
      netns: cluster.client,
      vips: [...FIRST, ...SECOND],
      requestsPerSecond: REQUESTS_PER_SECOND,
    });
  });

  after(async () => {
    await load.stop();
    await cluster.remove();
  });

  test('each of two active directors serves the VIPs that it is first for', async () => {
    await cluster.settles({ lb1: FIRST, lb2: SECOND });
  });

  test('when the first one dies the second serves all VIPs, and gives the others back when it is back', async (t) => {
    const { lb1, lb2 } = cluster;
    await measureFailover(t, failover({ strike: () => lb1.crash(), successor: lb2, moves: FIRST }));
    await cluster.settles({ lb2: [...FIRST, ...SECOND] });
    await lb1.revive();
    await cluster.settles({ lb1: FIRST, lb2: SECOND });
  });

  test('and the other way round', async (t) => {
    const { lb1, lb2 } = cluster;
    await measureFailover(t, failover({ strike: () => lb2.crash(), successor: lb1, moves: SECOND }));
    await cluster.settles({ lb1: [...FIRST, ...SECOND] });
    await lb2.revive();
    await cluster.settles({ lb1: FIRST, lb2: SECOND });
  });

  function failover(what: Pick<Failover, 'strike' | 'successor' | 'moves'>): Failover {
    const limitSeconds = takeoverLimit({ advert: 0.25, priority: 100 });
    return { ...what, load, asked: [...FIRST, ...SECOND], limitSeconds };
  }
});
