import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTEXT, impactRows, impacts } from './reload.ts';

function globals(...lines: readonly string[]): string {
  return `global_defs {\n    ${lines.join('\n    ')}\n}\n`;
}

const REFUSED: readonly (readonly [before: string, after: string, what: string])[] = [
  ['', 'instance edge\n', 'instance none -> edge'],
  ['net_namespace a\n', 'net_namespace b\n', 'net_namespace a -> b'],
  ['net_namespace_ipvs a\n', '', 'net_namespace_ipvs a -> none'],
  [globals(), globals('nftables'), 'nftables none -> keepalived'],
  [globals('nftables'), globals('nftables other'), 'nftables keepalived -> other'],
  [globals(), globals('nftables_ipvs'), 'nftables_ipvs none -> keepalived_ipvs'],
  [globals(), globals('tmp_config_directory /tmp'), 'tmp_config_directory none -> /tmp'],
  [globals(), globals('disable_local_igmp'), 'disable_local_igmp none -> on'],
];

for (const [before, after, what] of REFUSED)
  test(`keepalived takes no file on a reload that changes ${what}`, () => {
    assert.deepEqual(impacts(before, after), [
      {
        level: 'note',
        kind: 'reload-refused',
        subject: 'keepalived',
        message: `keepalived refuses the whole file until it is restarted (${what}), and goes on with the one it has`,
        hint: 'systemctl restart keepalived, which takes the VIPs off for a while',
      },
    ]);
  });

const ROWS: readonly (readonly [title: string, before: string, after: string, expected: readonly string[]])[] = [
  ['the name that nftables stands for', globals('nftables'), globals('nftables keepalived'), []],
  [
    'router_id and the like',
    globals('router_id a'),
    globals('router_id b', 'script_user root', 'vrrp_garp_master_delay 1'),
    [],
  ],
  ['other time-outs', globals('lvs_timeouts tcp 900'), globals('lvs_timeouts tcp 800 udp 10'), []],
  [
    'time-outs that are set no more',
    globals('lvs_timeouts tcp 900 tcpfin 30'),
    globals('lvs_timeouts tcp 900'),
    [
      'note timeouts-reset: The idle time-outs of IPVS that are no longer set (tcpfin) go back to what they were when keepalived started',
    ],
  ],
  ['a new sync daemon', globals(), globals('lvs_sync_daemon eth0 inst web id 1'), []],
  [
    'another sync daemon',
    globals('lvs_sync_daemon eth0 inst web id 1'),
    globals('lvs_sync_daemon eth0 inst web id 2'),
    [
      'note sync-daemon-changed: The connection sync of IPVS is started anew, and the other directors must have it alike',
    ],
  ],
  [
    'no sync daemon any more',
    globals('lvs_sync_daemon eth0 inst web id 1'),
    globals(),
    ['note sync-daemon-changed: Connections are no longer synchronized with the other directors'],
  ],
  [
    'a static address that goes',
    'static_ipaddress {\n192.0.2.5/24 dev eth0\n192.0.2.6/24 dev eth0\n}',
    'static_ipaddress {\n192.0.2.6/24 dev eth0\n}',
    ['disruptive static-address-removed: The static address 192.0.2.5/24 is taken off'],
  ],
];

for (const [title, before, after, expected] of ROWS)
  test(`${title}: ${expected.length === 0 ? 'nothing' : 'said'}`, () => {
    assert.deepEqual(
      impacts(before, after).map(({ level, kind, message }) => `${level} ${kind}: ${message}`),
      expected,
    );
  });

test('a new checker process flushes the table where it is told to', () => {
  const conf = globals('lvs_flush');
  assert.deepEqual(impactRows(conf, conf), []);
  assert.deepEqual(impactRows(conf, conf, { ...CONTEXT, handedOver: ['tcp 203.0.113.10:80'] }), [
    'disruptive table-flushed lvs_flush',
  ]);
});
