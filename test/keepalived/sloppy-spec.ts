import fc from 'fast-check';
import { group, instance, plainInstance } from './sloppy-instances.ts';
import { command, from, mostly, some, sometimes, subset, user } from './sloppy-values.ts';

/** A spec, or part of one. */
export type Piece = Readonly<Record<string, unknown>>;

/** What every sloppy spec stands on; `eth0`, `eth1` and `eth2` are there. */
export const GROUND_PIECE: Piece = {
  directors: {
    lb1: { address: '192.0.2.11', interface: 'eth0' },
    lb2: { address: '192.0.2.12', interface: 'eth0' },
    lb3: { address: '2001:db8::13', interface: 'eth1' },
  },
  keepalived: { script_user: 'root' },
  track: {
    scripts: { s0: { command: '/usr/bin/true', weight: -5 } },
    processes: { p0: { process: 'nginx' } },
    files: { f0: { path: '/run/f0' } },
    bfd: { b0: { neighbor: '192.0.2.97' } },
  },
  services: { web: { vip: '203.0.113.1', port: 80, forwarding: 'nat', check: 'none', servers: { a: '10.0.0.1' } } },
};

const EXTRA = {
  global: ['process_names', 'json_version 2', 'vrrp_strict', 'log_unknown_vrids', 'vmac_prefix "a{b"', 'lvs_flush \\'],
  director: [
    'static_routes {',
    '198.51.100.0/24 dev eth0',
    '}',
    'child_wait_time 3 # }',
    '@x unknown',
    'vrrp_instanse x',
  ],
};

const script = fc.record(
  {
    command,
    interval: mostly('4294s', from('1s', '500ms')),
    timeout: mostly('1s', from('1500ms')),
    weight: from(-253, 0, 253),
    reverse: fc.boolean(),
    rise: from(1, 1000000),
    fall: from(1, 5),
    user,
    init_fail: fc.boolean(),
  },
  { requiredKeys: ['command'] },
);
const process = fc.record(
  {
    process: from('nginx', 'a-long-process-name', '/usr/sbin/nginx', 'nginx -g x', "'a b' c"),
    param_match: from('initial', 'partial'),
    full_command: fc.boolean(),
    weight: from(-254, 0, 254),
    quorum: from(1, 5),
    quorum_max: from(0, 4, 65535),
    delay: from('1ms', '1h'),
    fork_delay: from('5s'),
    terminate_delay: from('250ms'),
  },
  { requiredKeys: ['process'] },
);
const file = fc.record(
  {
    path: mostly('/run/a b#c', from('/run/vrrp-load', 'load')),
    weight: from(-254, 0, 1, 254),
    initial: mostly(-254, from(0, 255)),
    overwrite: fc.boolean(),
  },
  { requiredKeys: ['path'] },
);
const bfd = fc.record(
  {
    neighbor: from('192.0.2.99', '192.0.2.98', '2001:db8::99'),
    source: sometimes(from('192.0.2.11', '2001:db8::11')),
    min_rx: mostly(10.125, from(1, 10.1255, 20000)),
    idle_tx: from(1000, 4294967),
    multiplier: from(1, 255),
    passive: fc.boolean(),
    ttl: from(1, 64, 255),
    max_hops: mostly(0, from(-1, 65, 255)),
    multihop: sometimes(fc.boolean()),
    weight: from(-253, 0, 253),
  },
  { requiredKeys: ['neighbor'] },
);

const settings = fc.record({
  script_user: fc.constant('root'),
  vrrp_version: sometimes(from(2, 3)),
  vrrp_strict: sometimes(fc.boolean()),
  vrrp_startup_delay: sometimes(from('0', '1ms', '5s')),
  vrrp_skip_check_adv_addr: sometimes(fc.boolean()),
  default_interface: sometimes(from('eth0')),
  max_auto_priority: sometimes(from(-1, 99)),
  vrrp_priority: sometimes(from(-20, 19)),
  no_swap: sometimes(fc.boolean()),
  garp: sometimes(some({ delay: from(0, 5), lower_prio_repeat: from(1, 3), higher_prio_send_advert: fc.boolean() })),
  garp_interval: sometimes(from('1ms', '4294s')),
  mail: sometimes(
    some({
      to: from([], ['a@b', 'Name <a@b>']),
      from: from('c d <e@f>'),
      server: from('127.0.0.1', '::1'),
      port: from(25),
      timeout: from('1s', '1500ms'),
      vrrp: fc.boolean(),
    }),
  ),
  notify_fifo: sometimes(
    fc.record({ path: from('/run/vrrp-fifo', 'fifo'), script: command }, { requiredKeys: ['path'] }),
  ),
  snmp: sometimes(fc.boolean()),
  extra: sometimes(subset(EXTRA.global, 2)),
});

const sync = fc.record(
  {
    interface: from('eth0'),
    role: mostly('vrrp', from('both')),
    instance: mostly('p1', from('i1', 'i9')),
    sync_id: from(0, 255),
    max_length: from(1, 65507),
    group: mostly('224.0.0.81', from('10.0.0.1')),
    port: from(1, 65535),
    ttl: from(1, 255),
  },
  { requiredKeys: ['interface'] },
);

const within = (path: readonly string[]) => (value: unknown) =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Piece;

function several(
  path: readonly string[],
  names: readonly string[],
  value: fc.Arbitrary<unknown>,
): fc.Arbitrary<Piece[]> {
  return fc.tuple(...names.map((name) => value.map(within([...path, name]))));
}

/** Parts of a spec, each of the right form, and wrong or not by itself or beside the ones before it. */
export const sloppyPieces: fc.Arbitrary<readonly Piece[]> = fc
  .tuple(
    fc.tuple(settings.map(within(['keepalived']))),
    fc.tuple(subset(EXTRA.director).map(within(['directors', 'lb1', 'extra']))),
    several(['track', 'scripts'], ['s1', 's2'], script),
    several(['track', 'processes'], ['p1', 'p2'], process),
    several(['track', 'files'], ['f1', 'f2'], file),
    several(['track', 'bfd'], ['b1', 'b2', 'b'.repeat(32)], bfd),
    fc.tuple(...[1, 2, 3, 4].map((id) => plainInstance(id).map(within(['vrrp', `p${id}`])))),
    several(
      ['vrrp'],
      Array.from({ length: 16 }, (_, index) => `i${index + 1}`),
      instance,
    ),
    several(['sync_groups'], ['g1', 'g2', 'g3', 'g4', 'g5'], group),
    fc.tuple(sync.map(within(['connection_sync']))),
  )
  .map((pieces) => pieces.flat());

/** Both, mapping by mapping; where both say something, the second. */
export function merged(spec: Piece, piece: Piece): Piece {
  const entries = Object.entries(piece).map(([key, value]) => {
    const before = spec[key];
    return [key, isMapping(before) && isMapping(value) ? merged(before, value) : value];
  });
  return { ...spec, ...Object.fromEntries(entries) };
}

function isMapping(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
