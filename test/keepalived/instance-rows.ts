import { INSTANCE_ADDRESS_ROWS } from './instance-address-rows.ts';
import { INSTANCE_TRACKING_ROWS } from './instance-tracking-rows.ts';
import type { Row } from './row.ts';

/** Every key of a VRRP instance. The frame that they stand in is `instanceSpec`. */
export const INSTANCE_ROWS: readonly Row[] = [
  ...INSTANCE_ADDRESS_ROWS,
  ...INSTANCE_TRACKING_ROWS,
  {
    key: 'track_primary',
    spec: { track_primary: false },
    writes: ['dont_track_primary'],
    shows: ['VRRP interface tracking disabled'],
  },
  {
    key: 'routes',
    spec: { routes: ['198.51.100.0/24  via 192.0.2.1 dev eth0'] },
    writes: ['virtual_routes {', '198.51.100.0/24 via 192.0.2.1 dev eth0', '}'],
    shows: ['Virtual Routes :', 'prepend 198.51.100.0/24 via inet 192.0.2.1 dev eth0 proto 18'],
  },
  {
    key: 'rules',
    spec: { rules: ['from 10.0.0.0/8 table 100 preference 500'] },
    writes: ['virtual_rules {', 'from 10.0.0.0/8 table 100 preference 500', '}'],
    shows: ['Virtual Rules :', 'from 10.0.0.0/8 priority 500 tos 0x0 protocol 18 lookup 100'],
  },
  {
    key: 'garp.delay',
    spec: { garp: { delay: 11 } },
    writes: ['garp_master_delay 11'],
    shows: ['Gratuitous ARP delay = 11'],
  },
  {
    key: 'garp.repeat',
    spec: { garp: { repeat: 12 } },
    writes: ['garp_master_repeat 12'],
    shows: ['Gratuitous ARP repeat = 12'],
  },
  {
    key: 'garp.refresh',
    spec: { garp: { refresh: 13 } },
    writes: ['garp_master_refresh 13'],
    shows: ['Gratuitous ARP refresh = 13'],
  },
  {
    key: 'garp.refresh_repeat',
    spec: { garp: { refresh_repeat: 14 } },
    writes: ['garp_master_refresh_repeat 14'],
    shows: ['Gratuitous ARP refresh repeat = 14'],
  },
  {
    key: 'garp.lower_prio_delay',
    spec: { garp: { lower_prio_delay: 15 } },
    writes: ['garp_lower_prio_delay 15'],
    shows: ['Gratuitous ARP lower priority delay = 15'],
  },
  {
    key: 'garp.lower_prio_repeat',
    spec: { garp: { lower_prio_repeat: 16 } },
    writes: ['garp_lower_prio_repeat 16'],
    shows: ['Gratuitous ARP lower priority repeat = 16'],
  },
  {
    key: 'garp.lower_prio_no_advert',
    spec: { garp: { lower_prio_no_advert: true } },
    writes: ['lower_prio_no_advert on'],
    shows: ['Send advert after receive lower priority advert = false'],
  },
  {
    key: 'garp.higher_prio_send_advert',
    spec: { garp: { higher_prio_send_advert: true } },
    writes: ['higher_prio_send_advert on'],
    shows: ['Send advert after receive higher priority advert = true'],
  },
  { key: 'accept', spec: { accept: false }, writes: ['no_accept'], shows: ['Accept = disabled'] },
  {
    key: 'strict',
    spec: { strict: true, version: 3 },
    writes: ['strict_mode on', 'accept'],
    shows: ['Enforcing strict VRRP compliance', 'Accept = enabled'],
  },
  {
    key: 'down_timer_adverts',
    spec: { down_timer_adverts: 9 },
    writes: ['down_timer_adverts 9'],
    shows: ['Down timer adverts = 9'],
  },
  {
    key: 'promote_secondaries',
    spec: { promote_secondaries: true },
    writes: ['promote_secondaries'],
    shows: ['Promote_secondaries = enabled'],
  },
  {
    key: 'authentication.type',
    spec: { authentication: { type: 'ah', password: 'secret' } },
    writes: ['authentication {', 'auth_type AH', 'auth_pass secret', '}'],
    shows: ['Authentication type = IPSEC_AH'],
  },
  {
    key: 'authentication.password',
    spec: { authentication: { type: 'pass', password: "a#b!{} '" } },
    writes: ['authentication {', 'auth_type PASS', `auth_pass "a#b!{} '"`, '}'],
    shows: ['Authentication type = SIMPLE_PASSWORD', "Password = a#b!{} '"],
  },
  {
    key: 'notify.master',
    spec: { notify: { master: "/usr/bin/true 'to master' it\\'s $a {}" } },
    writes: [`notify_master "/usr/bin/true 'to master' 'it\\\\\\'s' '\\044a' '{}'"`],
    shows: ["Master state transition script = '/usr/bin/true' 'to master' 'it's' '$a' '{}', uid:gid 0:0"],
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
    key: 'notify.deleted',
    spec: { notify: { deleted: '/usr/bin/true d' } },
    writes: ['notify_deleted "/usr/bin/true d"'],
    shows: ['Notify deleted = Deleted', "Deleted state transition script = '/usr/bin/true' 'd', uid:gid 0:0"],
  },
  {
    key: 'notify.any',
    spec: { notify: { any: '/usr/bin/true a' } },
    writes: ['notify "/usr/bin/true a"'],
    shows: ["Generic state transition script = '/usr/bin/true' 'a', uid:gid 0:0"],
  },
  {
    key: 'notify.user',
    spec: { notify: { master: '/usr/bin/true', any: '/usr/bin/true', user: 'nobody daemon' } },
    writes: ['notify_master "/usr/bin/true" nobody daemon', 'notify "/usr/bin/true" nobody daemon'],
    shows: [
      "Master state transition script = '/usr/bin/true', uid:gid 65534:1",
      "Generic state transition script = '/usr/bin/true', uid:gid 65534:1",
    ],
  },
  {
    key: 'smtp_alert',
    spec: { smtp_alert: true },
    writes: ['smtp_alert on'],
    shows: ['Using smtp notification = yes'],
  },
  { key: 'extra', spec: { extra: ['debug 3'] }, writes: ['debug 3'], shows: ['Debug level = 3'] },
];

/** Keys that 2.2.7 does not have yet: it says `Unknown keyword`. */
export const NEWER_INSTANCE_ROWS: readonly Row[] = [
  { key: 'checksum_as_v2', spec: { checksum_as_v2: true }, writes: ['v3_checksum_as_v2 on'], shows: [] },
];

/** A spec with two directors, trackers of each kind, and these instances. */
export function instanceSpec(instances: Readonly<Record<string, object>>): object {
  return {
    directors: {
      lb1: { address: '192.0.2.11', interface: 'eth0' },
      lb2: { address: '192.0.2.12', interface: 'eth0' },
    },
    keepalived: { script_user: 'root' },
    track: {
      scripts: {
        plain: { command: '/usr/bin/true' },
        turned: { command: '/usr/bin/true', weight: 3, reverse: true },
        weighted: { command: '/usr/bin/true', weight: 1 },
      },
      processes: { plain: { process: 'nginx' }, weighted: { process: 'nginx', weight: 1 } },
      files: { plain: { path: '/run/plain' }, weighted: { path: '/run/weighted', weight: 2 } },
      bfd: { plain: { neighbor: '192.0.2.97' }, weighted: { neighbor: '192.0.2.98', weight: 1 } },
    },
    vrrp: instances,
  };
}

/** What an instance has apart from what a row says. */
export function instanceOf(number: number, spec: object = {}): object {
  return { virtual_router_id: number, vips: [`10.0.${number}.1/24`], ...spec };
}
