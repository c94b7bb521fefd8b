import type { Row } from './row.ts';

/** Every key of the section keepalived but its version, which decides what lint lets through. */
export const GLOBAL_ROWS: readonly Row[] = [
  {
    key: 'enable_script_security',
    spec: { enable_script_security: true },
    writes: ['enable_script_security'],
    shows: ['Script security enabled'],
  },
  {
    key: 'script_user',
    spec: { script_user: 'nobody daemon' },
    writes: ['script_user nobody daemon'],
    shows: ['Default script uid:gid 65534:1'],
  },
  {
    key: 'default_interface',
    spec: { default_interface: 'eth1' },
    writes: ['default_interface eth1'],
    shows: ['Default interface = eth1'],
  },
  {
    key: 'dynamic_interfaces',
    spec: { dynamic_interfaces: true },
    writes: ['dynamic_interfaces'],
    shows: ['Dynamic interfaces = true'],
  },
  {
    key: 'vrrp_version',
    spec: { vrrp_version: 3 },
    writes: ['vrrp_version 3', 'version 3'],
    shows: ['VRRP default protocol version = 3'],
  },
  {
    key: 'vrrp_strict',
    spec: { vrrp_strict: true },
    writes: ['vrrp_strict'],
    shows: ['VRRP strict mode = true'],
  },
  {
    key: 'vrrp_startup_delay',
    spec: { vrrp_startup_delay: '1s700ms' },
    writes: ['vrrp_startup_delay 1.7'],
    shows: ['vrrp_startup_delay = 1.7'],
  },
  {
    key: 'vrrp_skip_check_adv_addr',
    spec: { vrrp_skip_check_adv_addr: true },
    writes: ['vrrp_skip_check_adv_addr'],
    shows: ['VRRP skip check advert addresses = true'],
  },
  {
    key: 'max_auto_priority',
    spec: { max_auto_priority: -1 },
    writes: ['max_auto_priority -1'],
    shows: ['Max auto priority = Disabled'],
  },
  {
    key: 'vrrp_priority',
    spec: { vrrp_priority: -11 },
    writes: ['vrrp_priority -11'],
    shows: ['VRRP process priority = -11'],
  },
  {
    key: 'checker_priority',
    spec: { checker_priority: 12 },
    writes: ['checker_priority 12'],
    shows: ['Checker process priority = 12'],
  },
  { key: 'no_swap', spec: { no_swap: true }, writes: ['vrrp_no_swap'], shows: ["VRRP don't swap = true"] },
  {
    key: 'garp.delay',
    spec: { garp: { delay: 11 } },
    writes: ['vrrp_garp_master_delay 11'],
    shows: ['Gratuitous ARP delay = 11'],
  },
  {
    key: 'garp.repeat',
    spec: { garp: { repeat: 12 } },
    writes: ['vrrp_garp_master_repeat 12'],
    shows: ['Gratuitous ARP repeat = 12'],
  },
  {
    key: 'garp.refresh',
    spec: { garp: { refresh: 13 } },
    writes: ['vrrp_garp_master_refresh 13'],
    shows: ['Gratuitous ARP refresh timer = 13'],
  },
  {
    key: 'garp.refresh_repeat',
    spec: { garp: { refresh_repeat: 14 } },
    writes: ['vrrp_garp_master_refresh_repeat 14'],
    shows: ['Gratuitous ARP refresh repeat = 14'],
  },
  {
    key: 'garp.lower_prio_delay',
    spec: { garp: { lower_prio_delay: 15 } },
    writes: ['vrrp_garp_lower_prio_delay 15'],
    shows: ['Gratuitous ARP lower priority delay = 15'],
  },
  {
    key: 'garp.lower_prio_repeat',
    spec: { garp: { lower_prio_repeat: 16 } },
    writes: ['vrrp_garp_lower_prio_repeat 16'],
    shows: ['Gratuitous ARP lower priority repeat = 16'],
  },
  {
    key: 'garp.lower_prio_no_advert',
    spec: { garp: { lower_prio_no_advert: true } },
    writes: ['vrrp_lower_prio_no_advert on'],
    shows: ['Send advert after receive lower priority advert = false'],
  },
  {
    key: 'garp.higher_prio_send_advert',
    spec: { garp: { higher_prio_send_advert: true } },
    writes: ['vrrp_higher_prio_send_advert on'],
    shows: ['Send advert after receive higher priority advert = true'],
  },
  {
    key: 'garp_interval',
    spec: { garp_interval: '20ms' },
    writes: ['vrrp_garp_interval 0.02'],
    shows: ['Gratuitous ARP interval = 0.020000'],
  },
  {
    key: 'mail.to',
    spec: { mail: { to: ['a@example.com', 'B <b@example.com>'] } },
    writes: ['notification_email {', 'a@example.com', '"B <b@example.com>"', '}'],
    shows: ['Email notification to:', 'a@example.com', 'B <b@example.com>'],
  },
  {
    key: 'mail.from',
    spec: { mail: { from: 'keep # alive <k@example.com>' } },
    writes: ['notification_email_from "keep # alive <k@example.com>"'],
    shows: ['Email notification from = keep # alive <k@example.com>'],
  },
  {
    key: 'mail.server',
    spec: { mail: { server: '192.0.2.25' } },
    writes: ['smtp_server 192.0.2.25'],
    shows: ['Smtp server = 192.0.2.25'],
  },
  {
    key: 'mail.port',
    spec: { mail: { port: 2525 } },
    writes: ['smtp_server 127.0.0.1 2525'],
    shows: ['Smtp server port = 2525'],
  },
  {
    key: 'mail.helo',
    spec: { mail: { helo: 'lb1.example.com' } },
    writes: ['smtp_helo_name lb1.example.com'],
    shows: ['Smtp HELO name = lb1.example.com'],
  },
  {
    key: 'mail.timeout',
    spec: { mail: { timeout: '12s' } },
    writes: ['smtp_connect_timeout 12'],
    shows: ['Smtp server connection timeout = 12'],
  },
  {
    key: 'mail.vrrp',
    spec: { mail: { vrrp: true } },
    writes: ['smtp_alert_vrrp on'],
    shows: ['Default smtp_alert_vrrp = on'],
  },
  {
    key: 'mail.checks',
    spec: { mail: { checks: false } },
    writes: ['smtp_alert_checker off'],
    shows: ['Default smtp_alert_checker = off'],
  },
  {
    key: 'notify_fifo.path',
    spec: { notify_fifo: { path: '/run/keepalived test.fifo' } },
    writes: ['notify_fifo "/run/keepalived test.fifo"'],
    shows: ['Global notify fifo = /run/keepalived test.fifo, uid:gid 0:0'],
  },
  {
    key: 'notify_fifo.script',
    spec: { notify_fifo: { path: '/run/keepalived-test.fifo', script: "/usr/bin/true 'a b' \\$HOME" } },
    writes: ['notify_fifo /run/keepalived-test.fifo', `notify_fifo_script "/usr/bin/true 'a b' '\\044HOME'"`],
    shows: ["Global notify fifo script = '/usr/bin/true' 'a b' '$HOME' '/run/keepalived-test.fifo', uid:gid 0:0"],
  },
  {
    key: 'snmp',
    spec: { snmp: true },
    writes: ['enable_snmp_vrrp', 'enable_snmp_checker'],
    shows: ['SNMP vrrp enabled', 'SNMP checker enabled'],
  },
  {
    key: 'extra',
    spec: { extra: ['vrrp_min_garp on', 'log_unknown_vrids'] },
    writes: ['vrrp_min_garp on', 'log_unknown_vrids'],
    shows: ['log_unknown_vrids'],
  },
];

/** An address that names no interface, so that keepalived has a use for its default one. */
const STATIC = ['static_ipaddress {', '10.9.9.9/32', '}'];

/** One instance on two directors, and what goes beside it. */
export function globalSpec(sections: object): object {
  return {
    directors: {
      lb1: { address: '192.0.2.11', interface: 'eth0', extra: STATIC },
      lb2: { address: '192.0.2.12', interface: 'eth0' },
      lb3: { address: '192.0.2.13', interface: 'eth0' },
    },
    vrrp: { web: { virtual_router_id: 51, vips: ['10.0.0.1/24'], priority: { lb1: 150, lb2: 100 } } },
    ...sections,
  };
}

/** A service of which keepalived is the owner, or lvsctl. */
export function serviceOf(owner: 'keepalived' | 'lvsctl'): object {
  const service = {
    vip: '10.0.0.1',
    port: 80,
    forwarding: 'nat',
    owner,
    check: { tcp: {} },
    servers: { a: '10.1.0.1' },
  };
  return { services: { web: service } };
}
