import { instanceOf, instanceSpec } from './instance-rows.ts';
import type { Row } from './row.ts';

const tracks = (kind: string, uses: object) => ({ track: { [kind]: uses } });

/** Every key of a sync group. keepalived has no notify_deleted for one. */
export const GROUP_ROWS: readonly Row[] = [
  {
    key: 'instances',
    spec: {},
    writes: ['group {', 'A', 'B', '}'],
    shows: ['VRRP member instances :', 'A', 'B'],
  },
  {
    key: 'tracking_weight',
    spec: { tracking_weight: true },
    writes: ['sync_group_tracking_weight'],
    shows: ['sync group tracking weight set'],
  },
  {
    key: 'track.interfaces.*.weight',
    spec: tracks('interfaces', { eth1: { weight: -20 } }),
    writes: ['track_interface {', 'eth1 weight -20', '}'],
    shows: ['eth1 weight -20'],
  },
  {
    key: 'track.interfaces.*.reverse',
    spec: tracks('interfaces', { eth2: { reverse: true } }),
    writes: ['eth2 weight 0 reverse'],
    shows: ['eth2 weight 0 reverse'],
  },
  {
    key: 'track.scripts.*.weight',
    spec: tracks('scripts', { plain: {}, weighted: { weight: -7 } }),
    writes: ['track_script {', 'plain', 'weighted weight -7', '}'],
    shows: ['plain weight 0', 'weighted weight -7'],
  },
  {
    key: 'track.scripts.*.reverse',
    spec: tracks('scripts', { turned: { weight: 5, reverse: false } }),
    writes: ['turned weight 5 noreverse'],
    shows: ['turned weight 5'],
  },
  {
    key: 'track.processes.*.weight',
    spec: tracks('processes', { weighted: { weight: 8 } }),
    writes: ['track_process {', 'weighted weight 8', '}'],
    shows: ['weighted, weight 8'],
  },
  {
    key: 'track.processes.*.reverse',
    spec: tracks('processes', { plain: { reverse: true } }),
    writes: ['plain weight 0 reverse'],
    shows: ['plain, weight 0 reverse'],
  },
  {
    key: 'track.files.*.weight',
    spec: tracks('files', { plain: { weight: 2 } }),
    writes: ['track_file {', 'plain weight 2', '}'],
    shows: ['plain, weight 2'],
  },
  {
    key: 'track.files.*.reverse',
    spec: tracks('files', { plain: { reverse: true } }),
    writes: ['plain weight 1 reverse'],
    shows: ['plain, weight 1 reverse'],
  },
  {
    key: 'track.bfd.*.weight',
    spec: tracks('bfd', { plain: { weight: -253 } }),
    writes: ['track_bfd {', 'plain weight -253', '}'],
    shows: ['plain: weight -253'],
  },
  {
    key: 'track.bfd.*.reverse',
    spec: tracks('bfd', { plain: { reverse: true } }),
    writes: ['plain weight 0 reverse'],
    shows: ['plain: weight 0 reverse'],
  },
  {
    key: 'notify.master',
    spec: { notify: { master: "/usr/bin/true 'm # $x'" } },
    writes: [`notify_master "/usr/bin/true 'm # \\044x'"`],
    shows: ["Master state transition script = '/usr/bin/true' 'm # $x', uid:gid 0:0"],
  },
  {
    key: 'notify.backup',
    spec: { notify: { backup: '/usr/bin/true b' } },
    writes: ['notify_backup "/usr/bin/true b"'],
    shows: ["Backup state transition script = '/usr/bin/true' 'b', uid:gid 0:0"],
  },
  {
    key: 'notify.fault',
    spec: { notify: { fault: '/usr/bin/true f' } },
    writes: ['notify_fault "/usr/bin/true f"'],
    shows: ["Fault state transition script = '/usr/bin/true' 'f', uid:gid 0:0"],
  },
  {
    key: 'notify.stop',
    spec: { notify: { stop: '/usr/bin/true s' } },
    writes: ['notify_stop "/usr/bin/true s"'],
    shows: ["Stop state transition script = '/usr/bin/true' 's', uid:gid 0:0"],
  },
  {
    key: 'notify.any',
    spec: { notify: { any: '/usr/bin/true a' } },
    writes: ['notify "/usr/bin/true a"'],
    shows: ["Generic state transition script = '/usr/bin/true' 'a', uid:gid 0:0"],
  },
  {
    key: 'notify.user',
    spec: { notify: { any: '/usr/bin/true', user: 'nobody daemon' } },
    writes: ['notify "/usr/bin/true" nobody daemon'],
    shows: ["Generic state transition script = '/usr/bin/true', uid:gid 65534:1"],
  },
  {
    key: 'smtp_alert',
    spec: { smtp_alert: true },
    writes: ['smtp_alert on'],
    shows: ['Using smtp notification = yes'],
  },
  {
    key: 'extra',
    spec: { extra: ['notify_priority_changes on'] },
    writes: ['notify_priority_changes on'],
    shows: ['Notify priority changes = yes'],
  },
];

/** A spec with a sync group for each of these, each of two instances of its own: `row-0-a` and so on. */
export function groupSpec(groups: Readonly<Record<string, object>>): object {
  const names = Object.keys(groups);
  const instances = names.flatMap((name, index) =>
    ['a', 'b'].map((half, offset) => [`${name}-${half}`, instanceOf(2 * index + offset + 1)] as const),
  );
  return {
    ...instanceSpec(Object.fromEntries(instances)),
    sync_groups: Object.fromEntries(
      Object.entries(groups).map(([name, group]) => [name, { instances: [`${name}-a`, `${name}-b`], ...group }]),
    ),
  };
}

/** A line of a row with the names of a group's own instances in it. */
export function withMembers(line: string, name: string): string {
  return /^[AB]$/.test(line) ? `${name}-${line.toLowerCase()}` : line;
}
