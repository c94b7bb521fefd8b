import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintTogether } from '../../src/lint/lint-together.ts';
import { type LoadedSpec, loadSpec } from '../../src/spec/load.ts';

interface Words {
  readonly director?: string;
  readonly vrrp?: string;
  readonly services?: string;
  readonly more?: string;
}

function spec(name: string, { director, vrrp, services, more = '' }: Words): LoadedSpec {
  const text = [
    'version: 1',
    `directors: { lb: { ${director ?? 'address: 192.0.2.11'}, interface: eth0 } }`,
    ...(vrrp === undefined ? [] : [`vrrp: { web: { ${vrrp} } }`]),
    `defaults: { forwarding: nat, check: none }`,
    `services: { ${services ?? 'web: { fwmark: 1, servers: { a: 10.0.0.1 } }'} }`,
    more,
  ].join('\n');
  return loadSpec([{ name, text }]);
}

/** Findings as `file:line rule`, and where the other one is. */
function together(a: Words, b: Words): readonly string[] {
  return lintTogether([spec('a.lvs.yaml', a), spec('b.lvs.yaml', b)]).map(
    ({ range, name, related }) => `${range.file}:${range.start.line} ${name} ${related?.[0]?.range.file}`,
  );
}

const NEAR = 'address: 192.0.2.12';
const FAR = 'address: 198.51.100.11';
const OTHER_MARK = 'web: { fwmark: 2, servers: { a: 10.0.0.1 } }';
const VRRP = 'virtual_router_id: 51, vips: [203.0.113.10/24]';
const SAME_NUMBER = 'virtual_router_id: 51, vips: [203.0.113.20/24]';
const SAME_VIP = 'virtual_router_id: 52, vips: [203.0.113.10/24]';
const ROUTER = ['b.lvs.yaml:3 shared-virtual-router a.lvs.yaml'];
const VIP = ['b.lvs.yaml:3 shared-vip a.lvs.yaml'];

const PAIRS: readonly (readonly [title: string, a: Words, b: Words, found: readonly string[]])[] = [
  [
    'two numbers for two clusters',
    { vrrp: VRRP },
    { director: NEAR, vrrp: 'virtual_router_id: 52, vips: [203.0.113.20/24]' },
    [],
  ],
  ['one virtual_router_id in one network', { vrrp: VRRP }, { director: NEAR, vrrp: SAME_NUMBER }, ROUTER],
  ['one virtual_router_id in two networks', { vrrp: VRRP }, { director: FAR, vrrp: SAME_NUMBER }, []],
  [
    'two networks that the same addresses are in',
    { director: 'address: 192.0.2.11, segment: prod', vrrp: VRRP },
    { director: 'address: 192.0.2.12, segment: staging', vrrp: SAME_NUMBER },
    [],
  ],
  [
    'one network with two ranges of addresses',
    { director: 'address: 192.0.2.11, segment: edge', vrrp: VRRP },
    { director: 'address: 198.51.100.11, segment: edge', vrrp: SAME_NUMBER },
    ROUTER,
  ],
  [
    'one virtual_router_id, but unicast',
    { vrrp: `${VRRP}, unicast: { peers: [192.0.2.9] }` },
    { director: NEAR, vrrp: SAME_NUMBER },
    [],
  ],
  [
    'one virtual_router_id, but two groups',
    { vrrp: `${VRRP}, multicast_group: 224.0.0.19` },
    { director: NEAR, vrrp: SAME_NUMBER },
    [],
  ],
  [
    'one virtual_router_id, but two families',
    { vrrp: VRRP },
    { director: NEAR, vrrp: 'virtual_router_id: 51, vips: ["fe80::1/64"]' },
    [],
  ],
  ['one VIP in one network', { vrrp: VRRP }, { director: NEAR, vrrp: SAME_VIP }, VIP],
  ['one VIP with one number is one finding', { vrrp: VRRP }, { director: NEAR, vrrp: VRRP }, VIP],
  ['one VIP in two networks', { vrrp: VRRP }, { director: FAR, vrrp: SAME_VIP }, []],
  [
    'one sync_id in one network',
    { more: 'connection_sync: { interface: eth0 }' },
    { director: NEAR, more: 'connection_sync: { interface: eth0, sync_id: 0 }' },
    ['b.lvs.yaml:5 shared-sync-id a.lvs.yaml'],
  ],
  [
    'two sync_ids in one network',
    { more: 'connection_sync: { interface: eth0, sync_id: 1 }' },
    { director: NEAR, more: 'connection_sync: { interface: eth0, sync_id: 2 }' },
    [],
  ],
  [
    'the same addresses at two sites with clusters of their own',
    { vrrp: VRRP, more: 'cluster: paris' },
    { vrrp: VRRP, more: 'cluster: rome' },
    [],
  ],
  ['one mark on two directors', {}, { director: NEAR }, []],
  ['one mark on one director', {}, {}, ['b.lvs.yaml:4 shared-service a.lvs.yaml']],
  ['two marks on one director', {}, { services: OTHER_MARK }, []],
  [
    'one address and port on one director',
    { services: 'x: { vip: 203.0.113.1, port: 80, servers: { a: 10.0.0.1 } }' },
    { services: 'y: { vip: 203.0.113.1, port: 80, servers: { a: 10.0.0.2 } }' },
    ['b.lvs.yaml:4 shared-service a.lvs.yaml'],
  ],
];

for (const [title, a, b, found] of PAIRS)
  test(`${title}: ${found.length === 0 ? 'nothing is wrong' : 'a finding that names both'}`, () => {
    assert.deepEqual(together(a, b), found);
  });

test('a spec that is named twice does not clash with itself', () => {
  const one = spec('a.lvs.yaml', { vrrp: VRRP });
  assert.deepEqual(lintTogether([one, one]), []);
});

test('a file that could not be read clashes with nothing', () => {
  assert.deepEqual(
    lintTogether([spec('a.lvs.yaml', { vrrp: VRRP }), loadSpec([{ name: 'b.lvs.yaml', text: '[' }])]),
    [],
  );
});
