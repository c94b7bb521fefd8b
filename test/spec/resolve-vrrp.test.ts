import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KeepalivedDesired } from '../../src/model/keepalived.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { loadText } from './load-text.ts';

const DIRECTORS = `version: 1
directors:
  lb2: { address: 192.0.2.12, interface: eth0 }
  lb1: { address: 192.0.2.11, interface: eth1, router_id: one }
`;

function keepalivedOf(text: string): KeepalivedDesired {
  const { desired, problems } = loadText(`${DIRECTORS}${text}`);
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  return desired.keepalived;
}

function instanceOf(keys: string): VrrpInstance {
  const instance = keepalivedOf(`vrrp:\n  web: { virtual_router_id: 51, ${keys} }\n`).instances[0];
  assert.ok(instance);
  return instance;
}

test('directors are sorted by name, and called so in mails unless they say otherwise', () => {
  const { directors } = loadText(DIRECTORS).desired;
  assert.deepEqual(
    directors.map(({ name, routerId }) => [name, routerId]),
    [
      ['lb1', 'one'],
      ['lb2', 'lb2'],
    ],
  );
});

test('without priorities every director takes part with 100', () => {
  assert.deepEqual(instanceOf('vips: [203.0.113.10]').members, [
    { director: 'lb1', interface: 'eth1', priority: 100, source: null },
    { director: 'lb2', interface: 'eth0', priority: 100, source: null },
  ]);
});

test('only directors that priorities name take part', () => {
  assert.deepEqual(instanceOf('vips: [203.0.113.10], priority: { lb2: 90 }').members, [
    { director: 'lb2', interface: 'eth0', priority: 90, source: null },
  ]);
});

const INTERFACES: readonly (readonly [keys: string, seen: readonly (string | null)[]])[] = [
  ['interface: bond0', ['bond0', 'bond0']],
  ['interface: { lb1: bond0 }', ['bond0', 'eth0']],
];

for (const [keys, seen] of INTERFACES)
  test(`with ${keys} the interfaces are ${seen}`, () =>
    assert.deepEqual(
      instanceOf(keys).members.map((member) => member.interface),
      seen,
    ));

test('with unicast the source of a director is its address, unless it names another', () => {
  const { members, unicast } = instanceOf('unicast: { ttl: 3, peers: [192.0.2.9] }, source: { lb1: 198.51.100.1 }');
  assert.deepEqual(
    members.map(({ source }) => source?.text),
    ['198.51.100.1', '192.0.2.12'],
  );
  assert.partialDeepStrictEqual(unicast, { ttl: 3, checkSource: false, faultWithoutPeer: true });
});

test('IPv6 VIPs beside IPv4 ones move along outside the adverts', () => {
  const { family, vips, excludedVips } = instanceOf(
    'vips: ["2001:db8::10/64", 203.0.113.10/24], excluded_vips: [203.0.113.11]',
  );
  assert.deepEqual(
    [family, vips.map(({ address }) => address.text), excludedVips.map(({ address }) => address.text)],
    ['ipv4', ['203.0.113.10'], ['2001:db8::10', '203.0.113.11']],
  );
});

const VERSIONS: readonly (readonly [text: string, version: number])[] = [
  ['vrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10] } }', 2],
  ['vrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10], version: 3 } }', 3],
  ['keepalived: { vrrp_version: 3 }\nvrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10] } }', 3],
  ['keepalived: { vrrp_version: 3 }\nvrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10], version: 2 } }', 2],
  ['vrrp: { web: { virtual_router_id: 51, vips: ["2001:db8::1"] } }', 3],
];

for (const [text, version] of VERSIONS)
  test(`${text} speaks version ${version}`, () => assert.equal(keepalivedOf(text).instances[0]?.version, version));

test('a VIP has an explicit prefix length and its own options', () => {
  const { vips } = instanceOf('vips: [203.0.113.10, { address: 203.0.113.11/24, interface: eth2, label: x }]');
  assert.deepEqual(
    vips.map(({ prefixLength, interface: device, label }) => [prefixLength, device, label]),
    [
      [32, null, null],
      [24, 'eth2', 'x'],
    ],
  );
});

test('settings, trackers, groups and the sync daemon carry their values, and what is not said stays open', () => {
  const keepalived = keepalivedOf(`keepalived: { vrrp_startup_delay: 2s, mail: { to: [a@b.c] } }
track:
  scripts: { web: { command: /bin/true, init_fail: true } }
  bfd: { up: { neighbor: 192.0.2.1, min_rx: 50 } }
vrrp: { web: { virtual_router_id: 51, track: { scripts: { web: { weight: -20 } } }, garp: { refresh_repeat: 2 } } }
sync_groups: { both: { instances: [web], tracking_weight: true } }
connection_sync: { interface: eth0, role: vrrp, instance: web, max_length: 1400 }
`);
  const { settings, trackers, syncGroups, syncDaemon, instances, version } = keepalived;
  assert.equal(version, '2.2.7');
  assert.partialDeepStrictEqual(settings, { enableScriptSecurity: true, vrrpStartupDelay: 2, mail: { to: ['a@b.c'] } });
  assert.partialDeepStrictEqual(trackers.scripts[0], { name: 'web', command: '/bin/true', initFail: true });
  assert.partialDeepStrictEqual(trackers.bfd[0], { name: 'up', minRx: 50 });
  assert.partialDeepStrictEqual(syncGroups[0], { name: 'both', instances: ['web'], trackingWeight: true });
  assert.partialDeepStrictEqual(syncDaemon, { interface: 'eth0', instance: 'web', maxLength: 1400 });
  assert.deepEqual(instances[0]?.tracking.scripts, [{ name: 'web', weight: -20, reverse: null }]);
  assert.deepEqual(instances[0]?.garp, { refreshRepeat: 2 });
});

test('what belongs to nobody is refused before keepalived would read it', () => {
  const { problems } = loadText(`${DIRECTORS}keepalived: { script_user: 'a"b' }
vrrp: { web: { virtual_router_id: 51, authentication: { type: pass, password: '$HOME' } } }
`);
  assert.deepEqual(
    problems.map(({ message }) => message.replace(/^\S+ /, '')),
    ['must not hold a $ before a name, which keepalived replaces', 'must not hold a double quote'],
  );
});
