import type { Row } from './row.ts';

/** Of one kind of tracker: what it is called where, and every key that it has. */
export interface TrackerKind {
  /** Under `track`, of the spec and of an instance. */
  readonly kind: string;
  /** What its part of the dump begins with. */
  readonly heading: string;
  /** The least that one has; the number tells it from others. */
  readonly least: (number: number) => object;
  readonly rows: readonly Row[];
}

export const TRACKER_KINDS: readonly TrackerKind[] = [
  {
    kind: 'scripts',
    heading: 'VRRP Script',
    least: () => ({ command: '/usr/bin/true' }),
    rows: [
      {
        key: 'command',
        spec: { command: `/usr/bin/true 'a b' "c'd" e\\"f '\\x' $HOME ; # ! {} 'ü€'` },
        writes: [`script "/usr/bin/true 'a b' 'c\\\\\\'d' 'e\\042f' '\\\\\\\\x' '\\044HOME' ';' '#' '!' '{}' 'ü€'"`],
        shows: [`Command = '/usr/bin/true' 'a b' 'c'd' 'e"f' '\\x' '$HOME' ';' '#' '!' '{}' 'ü€'`],
      },
      { key: 'interval', spec: { interval: '3s' }, writes: ['interval 3'], shows: ['Interval = 3 sec'] },
      { key: 'timeout', spec: { timeout: '1m' }, writes: ['timeout 60'], shows: ['Timeout = 60 sec'] },
      { key: 'weight', spec: { weight: -253 }, writes: ['weight -253'], shows: ['Weight = -253'] },
      { key: 'reverse', spec: { reverse: true }, writes: ['weight 0 reverse'], shows: ['Weight = 0 reverse'] },
      {
        key: 'reverse',
        spec: { weight: 9, reverse: true },
        writes: ['weight 9 reverse'],
        shows: ['Weight = 9 reverse'],
      },
      { key: 'rise', spec: { rise: 7 }, writes: ['rise 7'], shows: ['Rise = 7'] },
      { key: 'fall', spec: { fall: 1000000 }, writes: ['fall 1000000'], shows: ['Fall = 1000000'] },
      {
        key: 'user',
        spec: { user: 'nobody daemon' },
        writes: ['user nobody daemon'],
        shows: ['Script uid:gid = 65534:1'],
      },
      // 2.2.7 forgets it, see kernel/keepalived/traps.test.ts.
      { key: 'init_fail', spec: { init_fail: true }, writes: ['init_fail'], shows: [] },
    ],
  },
  {
    kind: 'processes',
    heading: 'VRRP Track process',
    least: () => ({ process: 'nginx' }),
    rows: [
      { key: 'process', spec: { process: 'haproxy' }, writes: ['process haproxy'], shows: ['Process = haproxy'] },
      {
        key: 'process',
        spec: { process: `"/opt/a b/c" "it's" '#1 {}'` },
        writes: [`process "/opt/a b/c" "it's" "#1 {}"`],
        shows: ['Process = /opt/a b/c', "Parameters = it's #1 {}", 'Param match', 'Full command = true'],
      },
      {
        key: 'param_match',
        spec: { process: 'a b', param_match: 'partial' },
        writes: ['process a b', 'param_match partial'],
        shows: ['Param match = partial'],
      },
      {
        key: 'param_match',
        spec: { process: 'a b', param_match: 'initial' },
        writes: ['process a b', 'param_match initial'],
        shows: ['Param match = initial'],
      },
      { key: 'full_command', spec: { full_command: true }, writes: ['full_command'], shows: ['Full command = true'] },
      { key: 'weight', spec: { weight: 254 }, writes: ['weight 254'], shows: ['Weight = 254'] },
      { key: 'reverse', spec: { reverse: true }, writes: ['weight 0 reverse'], shows: ['Weight = 0 reverse'] },
      { key: 'quorum', spec: { quorum: 3 }, writes: ['quorum 3'], shows: ['Min processes = 3'] },
      {
        key: 'quorum_max',
        spec: { quorum: 3, quorum_max: 5 },
        writes: ['quorum 3', 'quorum_max 5'],
        shows: ['Min processes = 3', 'Max processes = 5'],
      },
      {
        key: 'quorum_max',
        spec: { quorum_max: 0 },
        writes: ['quorum_max 0'],
        shows: ['Min processes = 0', 'Max processes = 0'],
      },
      {
        key: 'delay',
        spec: { delay: '1s500ms' },
        writes: ['delay 1.5'],
        shows: ['Terminate delay = 1.500000s', 'Fork delay = 1.500000s'],
      },
      {
        key: 'fork_delay',
        spec: { fork_delay: '250ms', delay: '2s' },
        writes: ['delay 2', 'fork_delay 0.25'],
        shows: ['Terminate delay = 2.000000s', 'Fork delay = 0.250000s'],
      },
      {
        key: 'terminate_delay',
        spec: { terminate_delay: '750ms', delay: '2s' },
        writes: ['delay 2', 'terminate_delay 0.75'],
        shows: ['Terminate delay = 0.750000s', 'Fork delay = 2.000000s'],
      },
    ],
  },
  {
    kind: 'files',
    heading: 'Track file',
    least: (number) => ({ path: `/run/track-${number}` }),
    rows: [
      {
        key: 'path',
        spec: { path: "/run/it's a #file!" },
        writes: [`file "/run/it's a #file!"`],
        shows: ["File = /run/it's a #file!"],
      },
      { key: 'weight', spec: { weight: -254 }, writes: ['weight -254'], shows: ['Weight = -254'] },
      { key: 'reverse', spec: { reverse: true }, writes: ['weight 1 reverse'], shows: ['Weight = 1 reverse'] },
      { key: 'initial', spec: { initial: -5 }, writes: ['init_file -5'], shows: ['Status = -5'] },
      {
        key: 'overwrite',
        spec: { initial: 17, overwrite: true },
        writes: ['init_file 17 overwrite'],
        shows: ['Status = 17'],
      },
    ],
  },
  {
    kind: 'bfd',
    heading: 'BFD Instance',
    least: (number) => ({ neighbor: `192.0.2.${100 + number}` }),
    rows: [
      {
        key: 'neighbor',
        spec: { neighbor: '2001:db8::99' },
        writes: ['neighbor_ip 2001:db8::99'],
        shows: ['Neighbor IP = 2001:db8::99'],
      },
      {
        key: 'source',
        spec: { source: '192.0.2.11' },
        writes: ['source_ip 192.0.2.11'],
        shows: ['Source IP = 192.0.2.11'],
      },
      {
        key: 'min_rx',
        spec: { min_rx: 50.25 },
        writes: ['min_rx 50.25'],
        shows: ['Required min RX interval = 50250 us'],
      },
      { key: 'min_tx', spec: { min_tx: 60 }, writes: ['min_tx 60'], shows: ['Desired min TX interval = 60000 us'] },
      {
        key: 'idle_tx',
        spec: { idle_tx: 2000 },
        writes: ['idle_tx 2000'],
        shows: ['Desired idle TX interval = 2000000 us'],
      },
      { key: 'multiplier', spec: { multiplier: 7 }, writes: ['multiplier 7'], shows: ['Detection multiplier = 7'] },
      { key: 'passive', spec: { passive: true }, writes: ['passive'], shows: ['passive = true'] },
      { key: 'ttl', spec: { ttl: 33 }, writes: ['ttl 33'], shows: ['TTL = 33'] },
      { key: 'max_hops', spec: { max_hops: -1 }, writes: ['max_hops -1'], shows: ['max_hops = 255'] },
      { key: 'weight', spec: { weight: 5 }, writes: ['weight 5'], shows: [] },
      { key: 'reverse', spec: { weight: 6, reverse: true }, writes: ['weight 6 reverse'], shows: [] },
    ],
  },
];

/** Keys that 2.2.7 does not have yet. */
export const NEWER_BFD_ROWS: readonly Row[] = [
  { key: 'multihop', spec: { multihop: true }, writes: ['multihop on'], shows: [] },
];

/** Trackers, and an instance that follows them all. */
export function trackerSpec(kind: string, trackers: Readonly<Record<string, object>>): object {
  const uses = Object.fromEntries(Object.keys(trackers).map((name) => [name, {}]));
  return {
    directors: { lb1: { address: '192.0.2.11', interface: 'eth0' } },
    keepalived: { script_user: 'root' },
    track: { [kind]: trackers },
    vrrp: { web: { virtual_router_id: 51, vips: ['10.0.0.1/24'], track: { [kind]: uses } } },
  };
}
