import assert from 'node:assert/strict';
import { test } from 'node:test';
import { worldsOf } from '../../../src/lint/failover/world.ts';
import { loadText } from '../../spec/load-text.ts';

const SPEC = `
version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
track:
  scripts: { chk: { command: /bin/chk, weight: -60 } }
  processes: { proxy: { process: proxy, weight: -60 } }
  files: { load: { path: /run/load }, twofold: { path: /run/twofold, weight: 2 } }
  bfd: { peer: { neighbor: 192.0.2.1, weight: -60 } }
vrrp:
  in: { virtual_router_id: 51, vips: [10.0.0.1/24] }
  out: { virtual_router_id: 52, vips: [203.0.113.10/24], INSTANCE }
`;

/** What the instance out follows, with the weights that count. */
function followed(instance: string, group?: string): string {
  const groups = group === undefined ? '' : `sync_groups: { nat: { instances: [in, out], ${group} } }\n`;
  const { desired } = loadText(SPEC.replace('INSTANCE', instance) + groups);
  return worldsOf(desired)
    .flatMap(({ parts }) => parts)
    .filter(({ instance }) => instance.name === 'out')
    .flatMap((part) => part.followed)
    .map(({ name, weight }) => `${name} ${weight}`)
    .join(', ');
}

const ALL = `track: ${JSON.stringify({
  interfaces: { eth1: { weight: -60 } },
  scripts: { chk: {} },
  processes: { proxy: {} },
  files: { load: {}, twofold: {} },
  bfd: { peer: {} },
})}`;
const CHK = 'track: { scripts: { chk: {} } }';
const CHK_0 = 'track: { scripts: { chk: { weight: 0 } } }';
const VIP_ON_ETH1 = 'excluded_vips: [{ address: 10.0.0.1/24, interface: eth1 }]';

const CASES: readonly (readonly [title: string, instance: string, group: string | undefined, follows: string])[] = [
  ['everything counts alone', ALL, undefined, 'eth1 -60, chk -60, proxy -60, load 1, twofold 2, peer -60, eth0 0'],
  [
    'in a sync group keepalived drops weights, but those of interfaces and processes; that of a file becomes 0',
    ALL,
    '',
    'eth1 -60, proxy -60, load 0, eth0 0',
  ],
  [
    'with tracking_weight it drops none',
    ALL,
    'tracking_weight: true',
    'eth1 -60, chk -60, proxy -60, load 1, twofold 2, peer -60, eth0 0',
  ],
  ['an owner of the address follows nothing with a weight', `priority: { lb1: 255 }, ${ALL}`, undefined, 'eth0 0'],
  ['a weight of a group with an owner is a fault', 'priority: { lb1: 255 }', CHK, 'eth0 0, chk 0'],
  [
    'a group has its own weight for what an instance follows',
    CHK,
    `tracking_weight: true, track: { scripts: { chk: { weight: -10 } } }`,
    'chk -10, eth0 0',
  ],
  ['but what is a fault of an instance stays one', CHK_0, CHK, 'chk 0, eth0 0'],
  [
    'an interface with a VIP has no weight',
    `${VIP_ON_ETH1}, track: { interfaces: { eth1: { weight: 60 } } }`,
    undefined,
    'eth1 0, eth0 0',
  ],
  ['track_primary: false does not follow the own interface', 'track_primary: false', undefined, ''],
  ['unless a route names it', 'track_primary: false, routes: [default via 10.0.0.254 dev eth0]', undefined, 'eth0 0'],
];

for (const [title, instance, group, follows] of CASES)
  test(title, () => {
    assert.equal(followed(instance, group), follows);
  });
