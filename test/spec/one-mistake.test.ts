import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from './load-text.ts';

const CLEAN = `version: 1
cluster: edge
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    vips: [203.0.113.10/24, 203.0.113.20/24]
    priority: { lb1: 150 }
defaults:
  scheduler: wlc
  forwarding: dr
  check: { tcp: {}, interval: 2s }
pools:
  web:
    web-1: 10.0.0.21
    web-2: { address: 10.0.0.22, port: 443, weight: 2 }
services:
  web-https:
    vip: 203.0.113.10
    port: 443
    scheduler: mh
    scheduler_flags: [mh-fallback]
    pool: web
    persistence: { timeout: 5m, netmask: 255.255.255.0 }
    upper_threshold: 100
    lower_threshold: 50
  dns:
    vip: 203.0.113.20
    protocol: udp
    port: 53
    one_packet: true
    servers: { ns-1: 10.0.0.31, ns-2: 10.0.0.32 }
`;

test('the spec that the mistakes are put into is clean', () => {
  assert.deepEqual(findingsOf(CLEAN), []);
});

const MISTAKES: readonly (readonly [seen: string, wrong: string, finding: string])[] = [
  ['version: 1', 'version: 2', '1:10 version'],
  ['version: 1\n', '', '1:1 version'],
  ['cluster: edge', 'cluster: [edge]', '2:10 invalid-value'],
  ['directors:', 'director:', '3:1 unknown-key'],
  ['lb1: { address: 192.0.2.11,', 'lb1: { adress: 192.0.2.11,', '4:10 unknown-key'],
  ['virtual_router_id: 51', 'virtual_router_id: 256', '7:24 invalid-value'],
  ['    virtual_router_id: 51\n', '', '6:3 missing-key'],
  ['203.0.113.10/24', '203.0.113.10/33', '8:12 invalid-address'],
  ['defaults:', 'default:', '10:1 unknown-key'],
  ['scheduler: wlc', 'schedular: wlc', '11:3 unknown-key'],
  ['scheduler: wlc', 'scheduler: wlcc', '11:14 unknown-scheduler'],
  ['forwarding: dr', 'forwarding: DSR', '12:15 unknown-value'],
  ['forwarding: dr', 'forwarding: { dr: {} }', '12:17 unknown-key'],
  ['  forwarding: dr\n', '', '18:3 missing-forwarding'],
  ['interval: 2s', 'interval: 2', '13:31 invalid-duration'],
  ['tcp: {}, ', '', '13:3 check-kind'],
  ['tcp: {},', 'tcp: {}, http: {},', '13:21 check-kind'],
  ['pools:', 'pool:', '14:1 unknown-key'],
  ['pools:\n  web:', 'pools:\n  wep:', '24:11 undefined-pool'],
  ['web-1: 10.0.0.21', 'web-1: 10.0.0.021', '16:12 invalid-address'],
  ['web-1: 10.0.0.21', 'web-1: 10.21', '16:12 invalid-address'],
  ['web-1: 10.0.0.21', 'web-1: www.example.com', '16:12 invalid-address'],
  ['web-1: 10.0.0.21', 'web-1: 10.0.0.21:443', '16:12 invalid-address'],
  ['web-1: 10.0.0.21', 'web-1: 10.0.0.22', '17:5 duplicate-server'],
  ['web-1: 10.0.0.21', 'web-2: 10.0.0.21', '17:5 duplicate-key'],
  ['web-1: 10.0.0.21', 'web 1: 10.0.0.21', '16:5 invalid-name'],
  ['web-1: 10.0.0.21', 'web-1: 2001:db8::21', '16:12 mixed-families'],
  ['web-1: 10.0.0.21', 'web-1: 2001:db8::', '16:12 unquoted-ipv6'],
  ['web-1: 10.0.0.21', 'web-1:', '16:5 invalid-value'],
  ['web-1: 10.0.0.21', 'web-1: {}', '16:5 missing-key'],
  ['web-1: 10.0.0.21', 'web-1: [10.0.0.21]', '16:12 invalid-value'],
  ['port: 443, weight', 'port: 8443, weight', '17:40 dr-port-mismatch'],
  ['port: 443, weight', 'port: "443", weight', '17:40 invalid-value'],
  ['weight: 2', 'weight: -1', '17:53 invalid-value'],
  ['weight: 2', 'weight: 65536', '17:53 large-weight'],
  ['weight: 2', 'weigth: 2', '17:45 unknown-key'],
  ['services:', 'service:', '18:1 unknown-key'],
  ['    vip: 203.0.113.10\n', '    vip: fe80::1%eth0\n', '20:10 invalid-address'],
  ['    vip: 203.0.113.10\n', '    vip: 2001:db8::\n', '20:10 unquoted-ipv6'],
  ['    vip: 203.0.113.10\n', '    vip: ["2001:db8::"]\n', '20:10 invalid-address'],
  ['    vip: 203.0.113.10\n', '    vip: { 2001:db8:: }\n', '20:10 invalid-address'],
  ['web-2: { address: 10.0.0.22,', 'web-2: { address: 2001:db8::,', '17:23 unquoted-ipv6'],
  ['203.0.113.20/24]', '203.0.113.20/24, 2001:db8::]', '8:46 unquoted-ipv6'],
  ['203.0.113.20/24]', '203.0.113.20/24, 2001:db8:: ,]', '8:46 unquoted-ipv6'],
  ['203.0.113.20/24]', '203.0.113.20/24, { address: 2001:db8:: }]', '8:57 unquoted-ipv6'],
  [
    '[203.0.113.10/24, 203.0.113.20/24]',
    '\n      - 203.0.113.10/24\n      - 2001:db8::\n      - 203.0.113.20/24',
    '10:9 unquoted-ipv6',
  ],
  ['    vip: 203.0.113.10\n', '', '19:3 service-address'],
  ['    vip: 203.0.113.10\n', '    vpi: 203.0.113.10\n', '20:5 unknown-key'],
  ['    vip: 203.0.113.10\n', '    <<: { vip: 203.0.113.10 }\n', '20:5 merge-key'],
  ['    vip: 203.0.113.10\n', '    vip: 203.0.113.10\n    fwmark: 0\n', '21:13 invalid-value'],
  ['    vip: 203.0.113.10\n', '    vip: 203.0.113.10\n    fwmark: 4294967296\n', '21:13 invalid-value'],
  ['    vip: 203.0.113.10\n', '    vip: 203.0.113.10\n    fwmark: 1\n', '21:5 service-address'],
  ['    port: 443\n', '', '19:3 missing-port'],
  ['    port: 443\n', '    prot: 443\n', '21:5 unknown-key'],
  ['    port: 443\n', '    port: https\n', '21:11 invalid-value'],
  ['    port: 443\n', '    port: 0443\n', '21:11 invalid-value'],
  ['    port: 443\n', '\tport: 443\n', '21:1 tab-indentation'],
  ['    port: 443\n', '     port: 443\n', '20:10 yaml-syntax'],
  ['scheduler: mh\n', 'scheduler: maglev\n', '22:16 unknown-scheduler'],
  ['[mh-fallback]', '[sh-fallback]', '23:23 scheduler-flag'],
  ['[mh-fallback]', '[mh-falback]', '23:23 unknown-value'],
  ['    pool: web\n', '', '19:3 no-servers'],
  ['    pool: web\n', '    pool: wbe\n', '24:11 undefined-pool'],
  ['    pool: web\n', '    pool: [web]\n', '24:11 invalid-value'],
  ['    pool: web\n', '    pool: web\n    servers: { a: 10.0.0.1 }\n', '25:5 pool-and-servers'],
  ['timeout: 5m', 'timeout: 32d', '25:29 invalid-duration'],
  ['timeout: 5m', 'timeout: 0', '25:29 invalid-duration'],
  ['timeout: 5m', 'timeout: 5m, engine: sip', '25:41 persistence-engine'],
  ['255.255.255.0', '255.0.255.0', '25:42 invalid-value'],
  ['255.255.255.0', '24', '25:42 persistence-netmask'],
  ['lower_threshold: 50', 'lower_threshold: 101', '27:22 threshold-order'],
  ['protocol: udp', 'protocol: upd', '30:15 unknown-value'],
  ['    protocol: udp\n', '', '31:5 one-packet'],
  ['    port: 53', '    port: 0', '31:11 zero-port'],
  ['one_packet: true', 'one_packet: yes', '32:17 invalid-value'],
  [
    '203.0.113.20\n    protocol: udp\n    port: 53\n    one_packet: true',
    '203.0.113.10\n    port: 443',
    '29:10 duplicate-service',
  ],
  ['{ ns-1: 10.0.0.31, ns-2: 10.0.0.32 }', '{}', '33:5 no-servers'],
  ['{ ns-1: 10.0.0.31, ns-2: 10.0.0.32 }', '[10.0.0.31]', '33:14 invalid-value'],
];

for (const [seen, wrong, finding] of MISTAKES)
  test(`${JSON.stringify(wrong)} instead of ${JSON.stringify(seen)} gives one finding, at its place`, () => {
    assert.ok(CLEAN.includes(seen));
    assert.deepEqual(findingsOf(CLEAN.replace(seen, wrong)), [finding]);
  });

test('several mistakes of several kinds are all found in one run', () => {
  const wrong = CLEAN.replace('weight: 2', 'weight: two')
    .replace('pool: web', 'pool: wbe')
    .replace('one_packet: true', 'one_packet: 1');
  assert.deepEqual(findingsOf(wrong), ['17:53 invalid-value', '24:11 undefined-pool', '32:17 invalid-value']);
});
