import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadSpec } from '../../src/spec/load.ts';

/** What lint says of a spec with a service and these lines. */
function findings(lines: string): string[] {
  const text = `version: 1\n${lines}\nservices: { web: { fwmark: 80, forwarding: nat, check: none, servers: { a: 10.0.0.1 } } }\n`;
  return lint(loadSpec([{ name: 'test.lvs.yaml', text }])).map(({ rule, message }) => `${rule} ${message}`);
}

const DIRECTORS = `
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }`;

// What a fixture cannot show beside its other lines: there is one such section in a spec, or none.
const ALONE: readonly { readonly title: string; readonly lines: string; readonly says: readonly string[] }[] = [
  {
    title: 'an instance for connection sync that does not follow it',
    lines: `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }
connection_sync: { interface: eth0, instance: web }`,
    says: ['LVS195 connection_sync names an instance, which counts with role: vrrp only, not with both'],
  },
  {
    title: 'an instance and no directors at all',
    lines: 'vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24] } }',
    says: ['LVS170 No director takes part in web: the spec has none'],
  },
  {
    title: 'a priority for directors of a section that is not there',
    lines: 'vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150 } } }',
    says: ['LVS160 There is no director lb1'],
  },
  {
    title: 'settings that no strict instance takes',
    lines: `${DIRECTORS}
keepalived: { vrrp_strict: true, vrrp_version: 3, garp: { repeat: 3, lower_prio_repeat: 3 } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }`,
    says: ['LVS231 All instances are strict, and a strict one does not take lower_prio_repeat from here'],
  },
  {
    title: 'init_fail that the keepalived of Debian 12 forgets',
    lines: `${DIRECTORS}
track: { scripts: { web: { command: /usr/local/bin/web, user: nobody, init_fail: true } } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 }, track: { scripts: { web: {} } } } }`,
    says: ['LVS231 keepalived 2.2.7 forgets init_fail of web as soon as something follows it'],
  },
  {
    title: 'what becomes of each kind of weight in a sync group',
    lines: `${DIRECTORS}
track:
  scripts: { chk: { command: /usr/local/bin/chk, user: nobody, weight: -60 } }
  processes: { proxy: { process: proxy, weight: -60 } }
  files: { load: { path: /run/load }, other: { path: /run/other, weight: 2 } }
vrrp:
  a:
    virtual_router_id: 1
    vips: [203.0.113.1/24]
    priority: { lb1: 150, lb2: 100 }
    track:
      { interfaces: { eth1: { weight: -60 } }, scripts: { chk: {} }, processes: { proxy: {} }, files: { load: {}, other: {} } }
  b: { virtual_router_id: 2, vips: [203.0.113.2/24], priority: { lb1: 150, lb2: 100 } }
sync_groups: { both: { instances: [a, b] } }`,
    says: [
      'LVS184 The weight -60 of interface eth1 moves one priority alone: a is in sync group both',
      'LVS236 lb2 never takes a over although interface eth1 and track process proxy fail on lb1: weight -60, weight -60 leaves lb1 at 30, and lb2 has 100',
      'LVS184 The weight -60 of track script chk is ignored: a is in sync group both',
      'LVS184 The weight -60 of track process proxy moves one priority alone: a is in sync group both',
      'LVS184 The weight 1 of track file load becomes 0, so that any number but 0 is a fault: a is in sync group both',
      'LVS184 The weight 2 of track file other is ignored: a is in sync group both',
    ],
  },
  {
    title: 'an extra line that keepalived cannot read at once',
    lines: `directors: { lb1: { address: 192.0.2.11, interface: eth0, extra: ["# ${'x'.repeat(980)}"] } }`,
    says: ['LVS193 This line has more than the 980 bytes that keepalived reads at once'],
  },
];

for (const { title, lines, says } of ALONE)
  test(`lint reports ${title}`, () => {
    assert.deepEqual(findings(lines), says);
  });

const NEWER = (version: string) => `${DIRECTORS}
keepalived: { version: ${version}, script_user: nobody, extra: [state_dump_file /run/keepalived.data] }
track:
  scripts: { web: { command: /usr/local/bin/web, interval: 500ms } }
  bfd: { peer: { neighbor: 192.0.2.1, multihop: true } }
vrrp:
  web:
    virtual_router_id: 1
    version: 3
    vips: [203.0.113.1/24]
    priority: { lb1: 150, lb2: 100 }
    checksum_as_v2: true
    routes: [198.51.100.0/24 via 203.0.113.254]
    track: { scripts: { web: {} }, bfd: { peer: { weight: -60 } } }`;

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  '2.2.7': ['LVS163', 'LVS163', 'LVS163', 'LVS163', 'LVS188'],
  '2.2.8': ['LVS163', 'LVS163', 'LVS188'],
  '2.3.1': ['LVS163', 'LVS163', 'LVS188'],
  '2.3.2': ['LVS163'],
  '2.3.3': [],
  '2.10.0': [],
};

for (const [version, rules] of Object.entries(NEEDS))
  test(`keepalived ${version} lacks ${rules.length} of the newer things`, () => {
    assert.deepEqual(
      findings(NEWER(version)).map((finding) => finding.split(' ')[0]),
      rules,
    );
  });

// Each has one mistake of its form, which must not become two.
const ONE_MISTAKE: readonly string[] = [
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], prioritty: { lb1: 150, lb2: 100 } } }`,
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.300/24], priority: { lb1: 150, lb2: 100 } } }`,
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vip: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }`,
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: ["2001:db8::1/64", "fe80::1/64"], priority: { lb1: 150, lb2: 100 }, unicast: true, sorce: {} } }`,
  `directors: { lb1: { address: 192.0.2.11, interfaces: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }`,
  `directors: { lb1: { address: lb1.example.com, interface: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }`,
  `director: { lb1: { address: 192.0.2.11, interface: eth0 } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150 } } }`,
  `${DIRECTORS}
tracks: { scripts: { web: { command: /usr/local/bin/web } } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 }, track: { scripts: { web: {} } } } }`,
  `${DIRECTORS}
track: { scripts: { web: { comand: /usr/local/bin/web } } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 }, track: { scripts: { web: {} } } } }`,
  `${DIRECTORS}
track: { scripts: { web: { command: /usr/local/bin/web, user: nobody } } }
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 }, trak: { scripts: { web: {} } } } }`,
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } } }
connection_sync: { interface: eth0, role: vrrp, instanse: web }`,
  `${DIRECTORS}
vrrp:
  a: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 } }
  b: { virtual_router_id: 0, vips: [203.0.113.2/24], priority: { lb1: 150, lb2: 100 } }
sync_groups: { both: { instances: [a, b] } }`,
  `${DIRECTORS}
vrrp: { web: { virtual_router_id: 1, vips: [203.0.113.1/24], priority: { lb1: 150, lb2: 100 }, version: 4, advert_interval: 500ms } }`,
];

for (const lines of ONE_MISTAKE)
  test(`one mistake of form stays one finding: ${lines.replace(DIRECTORS, '').trim()}`, () => {
    const found = findings(lines);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(String(found[0]), /^LVS0/);
  });
