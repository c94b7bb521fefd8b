import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../spec/load-text.ts';
import { CLEAN_SPECS } from './clean-specs.ts';

/** A mistake that somebody makes in a spec that was right: one edit, and the rule that it breaks. */
type Mistake = readonly [spec: string, before: string, after: string, rule: string];

const MISTAKES: readonly Mistake[] = [
  // Services
  ['small-shop', 'shop-2: 192.0.2.22', 'shop-2: 192.0.2.21', 'duplicate-server'],
  ['small-shop', '    port: 443\n', '    port: 80\n', 'duplicate-service'],
  ['small-shop', '  forwarding: dr\n', '', 'missing-forwarding'],
  ['small-shop', 'shop-2: 192.0.2.22', 'shop-2: { address: 192.0.2.22, port: 8080 }', 'dr-port-mismatch'],
  ['small-shop', '    pool: shop\n    sorry', '    pool: shopp\n    sorry', 'undefined-pool'],
  ['small-shop', 'sorry_server: 192.0.2.99', 'sorry_server: "2001:db8::99"', 'sorry-server-family'],
  ['small-shop', 'sorry_server: 192.0.2.99', 'sorry_server: 192.0.2.21', 'sorry-server-duplicate'],
  ['small-shop', 'vip: 192.0.2.80\n    port: 80', 'vip: 192.0.2.81\n    port: 80', 'vip-not-held'],
  ['small-shop', 'netmask: 255.255.255.0', 'netmask: 24', 'persistence-netmask'],
  ['small-shop', 'netmask: 255.255.255.0', 'netmask: 0.0.0.0', 'wide-persistence'],
  ['small-shop', 'shop-1: 192.0.2.21', 'shop-1: { address: 192.0.2.21, lower_threshold: 9 }', 'threshold-order'],
  ['small-shop', 'shop-1: 192.0.2.21', 'shop-1: 192.0.2.12', 'director-as-server'],
  ['small-shop', 'scheduler: wlc', 'scheduler: lc', 'unused-weights'],
  ['small-shop', 'scheduler: wlc', 'scheduler: dh', 'dh-drain'],
  ['dns-anycast', 'scheduler: rr', 'scheduler: sh', 'hash-without-fallback'],
  ['dns-anycast', 'vip: 192.0.2.53, port: 53, pool', 'vip: 192.0.2.53, port: 53, one_packet: true, pool', 'one-packet'],
  ['dns-anycast', 'one_packet: true, pool: resolvers-v6', 'one_packet: true, pool: resolvers', 'mixed-families'],
  [
    'dual-stack',
    '    scheduler_flags: [mh-fallback]\n    servers: { web-1: 192',
    '    servers: { web-1: 192',
    'hash-without-fallback',
  ],
  ['voip', 'proxy-2: 198.51.100.32', 'proxy-2: { address: 198.51.100.32, weight: 70000 }', 'large-weight'],
  ['voip', 'timeout: 1h, engine: sip', 'timeout: 500ms, engine: sip', 'invalid-duration'],
  ['voip', 'persistence: { timeout: 1h }', 'persistence: { timeout: 1h, engine: sip }', 'persistence-engine'],
  ['mysql-read-pool', 'weight: 2 }', 'weight: 1 }', 'order-by-weight'],
  ['mysql-read-pool', 'scheduler: wlc', 'scheduler: least', 'unknown-scheduler'],
  ['fwmark-groups', 'fwmark: 21', 'fwmark: 80', 'duplicate-service'],
  ['fwmark-groups', '    fwmark: 21\n', '    fwmark: 21\n    port: 21\n', 'fwmark-fields'],
  [
    'tun-sites',
    'type: gue, port: 6080 } }\n        host: { mtu: 1400 }\n      west-2',
    'type: gue } }\n        host: { mtu: 1400 }\n      west-2',
    'tunnel-options',
  ],
  // Checks
  [
    'small-shop',
    'interval: 3s, timeout: 2s, rise: 2, fall: 3 }',
    'interval: 30s, timeout: 2s, fall: 4 }',
    'slow-detection',
  ],
  ['nat-office', '{ tcp: {}, interval: 5s, timeout: 2s }', '{ tcp: {}, interval: 5s, timeout: 8s }', 'check-timeout'],
  ['nat-office', '    check: { ping: {}, interval: 5s, timeout: 2s }\n', '    check: { tcp: {} }\n', 'check-protocol'],
  [
    'nat-office',
    '    check: { ping: {}, interval: 5s, timeout: 2s }\n',
    '    check: { udp: {} }\n',
    'udp-without-reply',
  ],
  ['mail', '    check: { tcp: {}, interval: 5s, timeout: 3s, fall: 2 }\n', '', 'no-check'],
  ['small-shop', 'http: { path: /healthz,', 'http: { protocol: "2", path: /healthz,', 'lvsctl-check'],
  ['mysql-read-pool', 'mysql: {}, interval: 2s', 'mysql: {}, tcp: {}, interval: 2s', 'check-kind'],
  ['mail', '    quorum: 2\n', '    quorum: 3\n', 'quorum-after-loss'],
  ['mail', '    quorum: 2\n', '    quorum: 4\n', 'quorum-total'],
  [
    'mail',
    'check: { smtp: { helo: lb.example.com }, interval: 10s',
    'check: { redis: {}, interval: 10s',
    'keepalived-check',
  ],
  ['mail', 'check: { tcp: {}, interval: 5s', 'check: { tcp: {}, warmup: 45s, interval: 5s', 'unchecked-start'],
  [
    'mail',
    'persistence: { timeout: 30m }\n    check: { tcp: {},',
    'persistence: { timeout: 30m }\n    check: { tcp: {}, on_failure: quiesce,',
    'quiesce-persistence',
  ],
  ['mixed-owners', '    alpha: true\n', '    alpha: true\n    omega: yes\n', 'invalid-value'],
  ['mixed-owners', '    vip: 192.0.2.20\n', '    vip: 192.0.2.20\n    alpha: true\n', 'keepalived-only'],
  // Directors and VRRP
  ['small-shop', 'vips: [192.0.2.80/24]', 'vips: [192.0.2.80/24, 192.0.2.12/24]', 'vip-of-host'],
  ['small-shop', 'weight: -60', 'weight: -20', 'no-takeover'],
  ['small-shop', 'lb2: { address: 192.0.2.12', 'lb2: { address: 192.0.2.11', 'director-address'],
  ['small-shop', 'lb1: 150, lb2: 100', 'lb1: 100, lb2: 100', 'equal-priorities'],
  ['small-shop', 'lb1: 150, lb2: 100', 'lb1: 255, lb2: 100', 'address-owner'],
  ['small-shop', 'lb1: 150, lb2: 100', 'lb1: 150, lb3: 100', 'undefined-director'],
  ['small-shop', '    track: { scripts: { ipvs: {} } }\n', '', 'unused-tracker'],
  ['small-shop', 'track: { scripts: { ipvs: {} } }', 'track: { scripts: { ipv: {} } }', 'undefined-tracker'],
  ['small-shop', '/usr/local/bin/check-ipvs', 'check-ipvs --all || exit 1', 'shell-syntax'],
  ['small-shop', '/usr/local/bin/check-ipvs', '/usr/local/bin/check-ipvs --token=abc', 'secret-in-command'],
  ['small-shop', 'interval: 5s, timeout: 3s', 'interval: 5s, timeout: 9s', 'script-timeout'],
  ['small-shop', '  script_user: nobody\n', '  vrrp_startup_delay: 5s\n', 'no-script-user'],
  [
    'nat-office',
    'sync_groups:\n  gateway:\n    instances: [outside, inside]',
    'sync_groups:\n  gateway:\n    instances: [outside]',
    'sync-group',
  ],
  [
    'nat-office',
    'vips: [10.1.0.1/24]\n    priority: { gw1: 150, gw2: 100 }',
    'vips: [10.1.0.1/24]\n    priority: { gw1: 100, gw2: 150 }',
    'sync-group-order',
  ],
  ['nat-office', 'weight: -60', 'weight: -30', 'no-takeover'],
  ['dual-stack', 'virtual_router_id: 40\n    version: 3', 'virtual_router_id: 40\n    version: 2', 'advert-interval'],
  [
    'dual-stack',
    '  web: { instances: [web-v4, web-v6] }',
    '  web: { instances: [web-v4, web-v5] }',
    'undefined-instance',
  ],
  ['three-directors', 'virtual_router_id: 72', 'virtual_router_id: 71', 'duplicate-virtual-router'],
  ['three-directors', 'vips: [192.0.2.72/24]', 'vips: [192.0.2.72/24, 192.0.2.71/24]', 'duplicate-vip'],
  ['three-directors', 'max_length: 1400', 'max_length: 1500', 'sync-length'],
  ['three-directors', 'kernel: "6.1.0-25-amd64"', 'kernel: "4.15.0-20-generic"', 'host-kernel'],
  [
    'three-directors',
    'kernel: "6.1.0-25-amd64", keepalived: "2.2.7"',
    'kernel: "6.1.0-25-amd64", keepalived: "2.3.4"',
    'version-mismatch',
  ],
  [
    'three-directors',
    'net.ipv4.vs.expire_nodest_conn: 1 } }\n\nkeep',
    'net.ipv4.vs.expire_nodest_conn: 0 } }\n\nkeep',
    'host-sysctl',
  ],
  [
    'three-directors',
    '  lb3:\n    address: 192.0.2.13\n    interface: ens3\n',
    '  lb3:\n    address: 192.0.2.13\n',
    'missing-interface',
  ],
  [
    'three-directors',
    '    unicast: true\n    track: { processes: { bird: {} } }\n  b',
    '    unicast: { peers: [192.0.2.12] }\n    track: { processes: { bird: {} } }\n  b',
    'no-effect',
  ],
  ['voip', '    preempt: false\n', '', 'preemption-before-sync'],
  ['mixed-owners', 'preempt_delay: 30s', 'preempt_delay: 30s\n    preempt: false', 'preemption'],
  [
    'mixed-owners',
    'vips: [192.0.2.10/24, 192.0.2.20/24]',
    'vips: [192.0.2.10/24, 192.0.2.20/24]\n    accept: false',
    'vip-not-accepted',
  ],
  ['mixed-owners', 'version: 2.3.1', 'version: 2.3.1\n  extra: [lvs_flush]', 'lvs-flush'],
  [
    'mail',
    'notify: { any: /usr/local/bin/tell-monitoring }',
    'notify: { any: /usr/bin/systemctl restart keepalived }',
    'notify-restart',
  ],
  [
    'tun-sites',
    'east-1: { address: 203.0.113.11, host: { mtu: 1480 } }',
    'east-1: { address: 203.0.113.11, host: { mtu: 1500 } }',
    'tunnel-mtu',
  ],
  [
    'tun-sites',
    '    priority: { lb1: 150, lb2: 100 }\n    unicast',
    '    priority: { lb1: 150, lb2: 100 }\n    version: 3\n    strict: true\n    unicast',
    'strict-unicast',
  ],
];

for (const [spec, before, after, rule] of MISTAKES)
  test(`${spec} with ${JSON.stringify(after)} for ${JSON.stringify(before)} has one finding, ${rule}`, () => {
    const clean = CLEAN_SPECS[spec] ?? '';
    assert.ok(clean.includes(before), `${spec} has no ${before}`);
    const found = findingsOf(clean.replace(before, () => after));
    assert.deepEqual(
      found.map((finding) => finding.replace(/^\S+ /, '')),
      [rule],
      found.join('\n'),
    );
  });
