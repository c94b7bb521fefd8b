import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { type HaLoad, startHaLoad } from '../../lab/ha-load-client.ts';
import { HA_VIPS } from '../../lab/ha-plan.ts';
import { addressPair } from '../../lab/site-plan.ts';
import { buildCluster, type Cluster } from './cluster.ts';
import { measureFailover, REQUESTS_PER_SECOND, takeoverLimit } from './measure.ts';
import { haSpec, services, vrrp } from './spec.ts';

const NAMES = ['lb1', 'lb2', 'lb3'] as const;
const PRIORITY = { lb1: 200, lb2: 150, lb3: 100 };
const ASKED = [HA_VIPS.dr.ipv6, HA_VIPS.nat.ipv6];
const ALL = [...ASKED, HA_VIPS.gateway.ipv6];

let cluster: Cluster;
let load: HaLoad;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('three directors', () => {
  before(async () => {
    cluster = await buildCluster({ prefix: 'three-', directors: 3 });
    await cluster.play(spec());
    load = await startHaLoad({ netns: cluster.client, vips: ASKED, requestsPerSecond: REQUESTS_PER_SECOND });
  });

  after(async () => {
    await load.stop();
    await cluster.remove();
  });

  function spec(): object {
    const onNetwork = (network: 1 | 2) =>
      Object.fromEntries(NAMES.map((name, index) => [name, addressPair(network, index + 1).ipv6]));
    const settings = { version: 3, advert_interval: '250ms', priority: PRIORITY, unicast: true };
    const { vrrp: instances, sync_groups } = vrrp(settings, ['ipv6']);
    const { 'dr-ipv6': dr, 'nat-ipv6': nat } = { ...services('dr'), ...services('nat') };
    return haSpec(NAMES, {
      vrrp: {
        ...instances,
        dr: { ...instances.dr, source: onNetwork(1) },
        'nat-outside': { ...instances['nat-outside'], source: onNetwork(1) },
        'nat-inside': { ...instances['nat-inside'], source: onNetwork(2) },
      },
      sync_groups,
      services: { dr, nat },
    });
  }

  test('adverts go from each director to the two others, by IPv6 and by unicast', async () => {
    const conf = readFileSync(cluster.lb2.files.conf, 'utf8');
    assert.match(conf, /unicast_src_ip fd00:1::2\n\s+unicast_peer \{\n\s+fd00:1::1\n\s+fd00:1::3\n/);
    await cluster.settles({ lb1: ALL, lb2: [], lb3: [] });
  });

  test('when the first dies the second takes over, when that dies too the third, and the first gets all back', async (t) => {
    const { lb1, lb2, lb3 } = cluster;
    const common = { load, asked: ASKED, moves: ALL };
    for (const [victim, successor] of [
      [lb1, lb2],
      [lb2, lb3],
    ] as const) {
      const limitSeconds = takeoverLimit({ advert: 0.25, priority: PRIORITY[successor.name as keyof typeof PRIORITY] });
      await measureFailover(t, { ...common, strike: () => victim.crash(), successor, limitSeconds });
    }
    await cluster.settles({ lb3: ALL });
    await lb1.revive();
    await cluster.settles({ lb1: ALL, lb3: [] });
  });
});
