import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { ALONE, CONTEXT, impactRows, impacts, instance } from './reload.ts';

const WEB = instance('web');
const API = instance('api', { id: 52, vips: ['203.0.113.20'] });

const RECREATED: readonly (readonly [title: string, before: string, after: string, why: RegExp])[] = [
  ['another virtual_router_id', WEB, instance('web', { id: 61 }), /\(virtual_router_id 51 -> 61\)/],
  ['another interface', WEB, instance('web', { interface: 'eth1' }), /\(interface eth0 -> eth1\)/],
  [
    'unicast',
    WEB,
    instance('web', { lines: ['unicast_src_ip 192.0.2.1', 'unicast_peer { 192.0.2.2 }'] }),
    /\(adverts by multicast -> unicast\)/,
  ],
  ['unicast without a peer', WEB, instance('web', { lines: ['unicast_fault_no_peer'] }), /multicast -> unicast/],
  [
    'another source of unicast',
    instance('web', { lines: ['unicast_src_ip 192.0.2.1', 'unicast_peer { 192.0.2.2 }'] }),
    instance('web', { lines: ['unicast_src_ip 192.0.2.9', 'unicast_peer { 192.0.2.2 }'] }),
    /\(address of adverts 192\.0\.2\.1 -> 192\.0\.2\.9\)/,
  ],
  [
    'another multicast group',
    WEB,
    instance('web', { lines: ['mcast_dst_ip 224.0.0.99'] }),
    /\(address of adverts 224\.0\.0\.18 -> 224\.0\.0\.99\)/,
  ],
  [
    'another multicast group for all',
    `global_defs {\nvrrp_mcast_group4 224.0.0.98\n}\n${WEB}`,
    `global_defs {\nvrrp_mcast_group4 224.0.0.99\n}\n${WEB}`,
    /224\.0\.0\.98 -> 224\.0\.0\.99/,
  ],
  ['a virtual MAC address', WEB, instance('web', { lines: ['use_vmac'] }), /\(VMAC none -> vmac\)/],
  [
    'another family',
    instance('web', { vips: ['fe80::1', '2001:db8::1'] }),
    instance('web', { vips: ['203.0.113.10'] }),
    /family ipv6 -> ipv4/,
  ],
];

for (const [title, before, after, why] of RECREATED)
  test(`an instance is re-created with ${title}`, () => {
    const [impact, ...others] = impacts(before, after).filter(({ subject }) => subject === 'web');
    assert.deepEqual([impact?.level, impact?.kind, others], ['disruptive', 'instance-re-created', []]);
    assert.match(impact?.message ?? '', why);
  });

test('the message of an instance that is re-created names its VIPs, the wait, and the other directors', () => {
  const lines = ['advert_int 0.5', 'virtual_ipaddress_excluded { 203.0.113.11 }'];
  const [impact] = impacts(instance('web', { lines }), instance('web', { id: 61, lines }));
  assert.deepEqual(impact, {
    level: 'disruptive',
    kind: 'instance-re-created',
    subject: 'web',
    message:
      'VRRP instance web is another one to keepalived (virtual_router_id 51 -> 61): it gives up the VIPs 203.0.113.10 and 203.0.113.11, ' +
      'and takes over again after at least 3 adverts (1.5 s), and until the other directors have the same, one of them holds the VIPs as well',
    hint: 'apply it on all directors at the same moment',
  });
});

test('what only this director has needs nobody else', () => {
  for (const [context, id] of [
    [ALONE, { id: 61 }],
    [CONTEXT, { interface: 'eth1' }],
  ] as const) {
    const [impact] = impacts(WEB, instance('web', id), context);
    assert.equal(impact?.hint, undefined);
    assert.doesNotMatch(impact?.message ?? '', /other directors/);
  }
});

const ROWS: readonly (readonly [
  title: string,
  before: string,
  after: string,
  rows: readonly string[],
  ImpactContext?,
])[] = [
  ['an instance under another name goes on', WEB, instance('www'), ['note instance-renamed www']],
  [
    'two that exchange their identities',
    WEB + API,
    instance('web', { id: 52 }) + instance('api', { id: 51, vips: ['203.0.113.20'] }),
    ['disruptive instance-exchanged api', 'disruptive instance-exchanged web'],
  ],
  [
    'two that exchange their names and VIPs',
    WEB + API,
    instance('api', { vips: ['203.0.113.20'] }) + instance('web', { id: 52 }),
    ['disruptive instance-exchanged api', 'disruptive instance-exchanged web'],
  ],
  [
    'a new one under the former name of one that goes on',
    WEB,
    instance('www') + instance('web', { id: 61, vips: ['203.0.113.30'] }),
    ['note instance-added web', 'note instance-renamed www'],
  ],
  ['a new instance', WEB, WEB + API, ['note instance-added api']],
  ['an instance that goes', WEB + API, WEB, ['disruptive instance-removed api']],
  [
    'an instance whose VIPs another one gets',
    WEB + API,
    instance('web', { vips: ['203.0.113.10', '203.0.113.20'] }),
    ['disruptive vip-moved 203.0.113.20', 'disruptive adverts-refused web', 'note instance-removed api'],
  ],
  ['a second block of the same name, which keepalived skips', WEB, WEB + instance('web', { id: 99 }), []],
  ['another order of instances', WEB + API, API + WEB, []],
  ['what is not identity', WEB, instance('web', { lines: ['garp_master_delay 1', 'smtp_alert', 'accept'] }), []],
  ['the same group, said and not said', WEB, `global_defs {\nvrrp_mcast_group4 224.0.0.18\n}\n${WEB}`, []],
];

for (const [title, before, after, rows, context] of ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(impactRows(before, after, context), rows);
  });

test('instances that exchange identities need two steps', () => {
  const [, impact] = impacts(
    WEB + API,
    instance('web', { id: 52 }) + instance('api', { id: 51, vips: ['203.0.113.20'] }),
  );
  assert.equal(
    impact?.message,
    'VRRP instance web takes the place of api (virtual_router_id 52) in one reload: the VIP 203.0.113.10 may be missing afterwards, until the next change of state',
  );
  assert.equal(impact?.hint, 'give web a virtual_router_id of its own first, and this one in a second apply');
});
