import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directorChoices, type KernelVersion } from '../../src/needs/director-choices.ts';
import { directorSysctls } from '../../src/needs/director-sysctls.ts';
import { sysctlPath } from '../../src/needs/sysctl.ts';
import { desiredOf } from './spec.ts';

const LBS =
  'directors: { lb1: { address: 10.0.0.2, interface: eth0.7 }, lb2: { address: 10.0.0.3, interface: eth1 } }\n';
const VRRP = 'vrrp: { v: { virtual_router_id: 5, vips: [10.0.0.9/24] } }\n';
const TWO =
  'vrrp: { v: { virtual_router_id: 5, vips: [10.0.0.9/24] }, w: { virtual_router_id: 6, vips: [10.0.0.8/24] } }\n';
const SYNC = 'connection_sync: { interface: eth0, role: vrrp, instance: v }\n';
const web = (rest: string, server = '10.0.0.21') =>
  `services: { web: { vip: 192.0.2.1, port: 80, servers: { a: "${server}" }, ${rest} } }\n`;

const NODEST = 'net.ipv4.vs.expire_nodest_conn = 1';

const TABLE: readonly (readonly [claim: string, lines: string, rows: readonly string[], director?: string])[] = [
  ['a spec without services needs nothing', LBS, []],
  ['dr needs no forwarding', web('forwarding: dr'), [NODEST]],
  ['tun needs none either', web('forwarding: tun'), [NODEST]],
  [
    'nat needs it, before all else, as it sets others back',
    web('forwarding: nat'),
    ['net.ipv4.ip_forward = 1', NODEST],
  ],
  [
    'nat by IPv6 needs that of IPv6',
    web('forwarding: nat', 'fd00::21').replace('192.0.2.1', '"fd00:9::1"'),
    ['net.ipv6.conf.all.forwarding = 1', NODEST],
  ],
  [
    'a sorry server by nat needs it as well',
    web('forwarding: dr, sorry_server: { address: 10.0.0.99, forwarding: nat }'),
    ['net.ipv4.ip_forward = 1', NODEST],
  ],
  [
    'persistence needs templates to expire, or a drain never ends',
    web('forwarding: dr, persistence: {}'),
    [NODEST, 'net.ipv4.vs.expire_quiescent_template = 1'],
  ],
  [
    'a hash is sloppy where there is another director',
    LBS + web('forwarding: dr, scheduler: mh'),
    [NODEST, 'net.ipv4.vs.sloppy_tcp = 1'],
  ],
  ['not where there is none', web('forwarding: dr, scheduler: mh'), [NODEST]],
  ['nor does it help another scheduler', LBS + web('forwarding: dr, scheduler: wlc'), [NODEST]],
  [
    'sctp has its own',
    LBS + web('forwarding: dr, scheduler: sh, protocol: sctp'),
    [NODEST, 'net.ipv4.vs.sloppy_sctp = 1'],
  ],
  [
    'a director that serves must not balance as a backup',
    LBS + VRRP + SYNC + web('forwarding: dr', '10.0.0.2'),
    [NODEST, 'net.ipv4.vs.backup_only = 1'],
  ],
  ['one that does not serve may', LBS + VRRP + SYNC + web('forwarding: dr'), [NODEST]],
  [
    'with both roles at once it would balance nothing at all',
    `${LBS}${VRRP}connection_sync: { interface: eth0 }\n${web('forwarding: dr', '10.0.0.2')}`,
    [NODEST],
  ],
  ['nor what another instance is master of', LBS + TWO + SYNC + web('forwarding: dr', '10.0.0.2'), [NODEST]],
  [
    'unless they move together',
    `${LBS}${TWO}sync_groups: { g: { instances: [v, w] } }\n${SYNC}${web('forwarding: dr', '10.0.0.2')}`,
    [NODEST, 'net.ipv4.vs.backup_only = 1'],
  ],
  [
    'nat within one network sends no redirects, by any interface of a director',
    LBS + VRRP + web('forwarding: nat').replace('192.0.2.1', '10.0.0.9'),
    [
      'net.ipv4.ip_forward = 1',
      'net.ipv4.conf.all.send_redirects = 0',
      'net.ipv4.conf.eth1.send_redirects = 0',
      NODEST,
    ],
    'lb2',
  ],
  [
    'a dot in the name of an interface is a slash',
    LBS + VRRP + web('forwarding: nat').replace('192.0.2.1', '10.0.0.9'),
    [
      'net.ipv4.ip_forward = 1',
      'net.ipv4.conf.all.send_redirects = 0',
      'net.ipv4.conf.eth0/7.send_redirects = 0',
      NODEST,
    ],
    'lb1',
  ],
  [
    'nat between two networks has nothing to redirect',
    LBS + VRRP + web('forwarding: nat', '10.1.0.21').replace('192.0.2.1', '10.0.0.9'),
    ['net.ipv4.ip_forward = 1', NODEST],
  ],
];

for (const [claim, lines, rows, director] of TABLE)
  test(claim, () => {
    const found = directorSysctls(desiredOf(lines), director);
    assert.deepEqual(
      found.map(({ name, value }) => `${name} = ${value}`),
      rows,
    );
    for (const { reason, source } of found) assert.match(`${reason} (${source})`, /^[A-Z].*[^.] \([^()]+\)$/);
  });

const CHOICES: readonly (readonly [claim: string, lines: string, names: readonly string[], kernel?: KernelVersion])[] =
  [
    [
      'nat may need conntrack, and old kernels then another mode of port reuse',
      web('forwarding: nat'),
      ['conntrack', 'conn_reuse_mode'],
    ],
    ['before 5.9 it is needed', web('forwarding: nat'), ['conntrack', 'conn_reuse_mode'], [5, 8]],
    ['of another major version as well', web('forwarding: nat'), ['conntrack', 'conn_reuse_mode'], [4, 19]],
    ['from 5.9 on it is not', web('forwarding: nat'), ['conntrack'], [5, 9]],
    ['nor in 6.1', web('forwarding: nat'), ['conntrack'], [6, 1]],
    ['dr may come in by another way', web('forwarding: dr'), ['rp_filter']],
    ['a tunnel may need fragments', web('forwarding: tun'), ['pmtu_disc', 'rp_filter']],
    [
      'sync may be to miss no connection',
      LBS + VRRP + SYNC + web('forwarding: nat'),
      ['conntrack', 'conn_reuse_mode', 'sync_threshold', 'sync_refresh_period', 'sync_retries'],
    ],
    [
      'sync of persistent services may be too much',
      LBS + VRRP + SYNC + web('forwarding: dr, persistence: {}'),
      ['rp_filter', 'sync_threshold', 'sync_refresh_period', 'sync_retries', 'sync_persist_mode'],
    ],
  ];

for (const [claim, lines, names, kernel] of CHOICES)
  test(claim, () => {
    const found = directorChoices(desiredOf(lines), kernel);
    assert.deepEqual(
      found.map(({ name }) => name.split('.').at(-1)),
      names,
    );
    for (const { condition } of found) assert.match(condition, /^Where .*[^.]$/);
  });

test('with a kernel that is known nobody is asked for its version', () => {
  const condition = (kernel?: KernelVersion) =>
    directorChoices(desiredOf(web('forwarding: nat')), kernel)[1]?.condition ?? '';
  assert.match(condition(), /the kernel is older than 5\.9/);
  assert.doesNotMatch(condition([5, 4]), /older/);
});

for (const [name, path] of [
  ['net.ipv4.conf.all.arp_ignore', 'net/ipv4/conf/all/arp_ignore'],
  ['net.ipv4.conf.eth0/7.rp_filter', 'net/ipv4/conf/eth0.7/rp_filter'],
] as const)
  test(`${name} is /proc/sys/${path}`, () => assert.equal(sysctlPath(name), path));
