import type { Row } from './row.ts';

const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'mh', 'sed', 'nq', 'fo', 'ovf', 'twos'];

const IPV6_SERVERS = { a: 'fd00::1', b: 'fd00::2' };
const SORRY = { address: '10.0.0.9' };

/** Every key of a service but those of its real servers and their checks. The frame that they stand in is `serviceOf`. */
export const SERVICE_ROWS: readonly Row[] = [
  {
    key: 'vip',
    spec: { vip: '2001:db8::1', servers: IPV6_SERVERS },
    writes: ['virtual_server 2001:db8::1 80 {', 'real_server fd00::1 80 {'],
    shows: ['VS VIP = 2001:db8::1, VPORT = 80', 'Address family = inet6'],
  },
  {
    key: 'port',
    spec: { vip: '10.101.0.1', port: 443 },
    writes: ['virtual_server 10.101.0.1 443 {', 'real_server 10.0.0.1 443 {'],
    shows: ['VS VIP = 10.101.0.1, VPORT = 443', 'RIP = 10.0.0.1, RPORT = 443, WEIGHT = 1 EFF WEIGHT = 1'],
  },
  {
    key: 'port',
    spec: { vip: '10.101.0.2', port: 0, persistence: {} },
    writes: ['virtual_server 10.101.0.2 0 {', 'persistence_timeout 360', 'real_server 10.0.0.1 {'],
    shows: ['VS VIP = 10.101.0.2, VPORT = 0', 'RIP = 10.0.0.1, RPORT = 0, WEIGHT = 1 EFF WEIGHT = 1'],
  },
  { key: 'protocol', spec: { protocol: 'udp' }, writes: ['protocol UDP'], shows: ['protocol = UDP'] },
  { key: 'protocol', spec: { protocol: 'sctp' }, writes: ['protocol SCTP'], shows: ['protocol = SCTP'] },
  {
    key: 'fwmark',
    spec: { fwmark: 4294967295 },
    writes: ['virtual_server fwmark 4294967295 {', 'ip_family inet', 'real_server 10.0.0.1 {'],
    shows: ['VS FWMARK = 4294967295', 'Address family = inet', 'protocol = none'],
  },
  {
    key: 'family',
    spec: { fwmark: 6, family: 'ipv6', servers: IPV6_SERVERS },
    writes: ['virtual_server fwmark 6 {', 'ip_family inet6', 'real_server fd00::1 {'],
    shows: ['VS FWMARK = 6', 'Address family = inet6'],
  },
  {
    key: 'family',
    spec: { fwmark: 4, forwarding: 'tun', servers: IPV6_SERVERS },
    writes: ['virtual_server fwmark 4 {', 'ip_family inet', 'lb_kind TUN', 'real_server fd00::1 {'],
    shows: ['VS FWMARK = 4', 'Address family = inet'],
  },
  ...SCHEDULERS.map((name) => ({
    key: 'scheduler',
    spec: { scheduler: name, hysteresis: 1, quorum: 2 },
    writes: [`lb_algo ${name}`, 'quorum 2'],
    shows: [`lvs_sched = ${name}`, 'quorum = 2, hysteresis = 1'],
  })),
  {
    key: 'scheduler_flags',
    spec: { scheduler: 'sh', scheduler_flags: ['sh-port', 'sh-fallback'] },
    writes: ['lb_algo sh', 'sh-fallback', 'sh-port', 'lb_kind NAT'],
    shows: ['sh-port = enabled', 'sh-fallback = enabled'],
  },
  {
    key: 'scheduler_flags',
    spec: { scheduler: 'sh', scheduler_flags: ['sh-port'] },
    writes: ['lb_algo sh', 'sh-port', 'lb_kind NAT'],
    shows: ['sh-port = enabled', 'sh-fallback = disabled'],
  },
  {
    key: 'scheduler_flags',
    spec: { scheduler: 'mh', scheduler_flags: ['mh-port', 'mh-fallback'] },
    writes: ['lb_algo mh', 'mh-fallback', 'mh-port', 'lb_kind NAT'],
    shows: ['mh-port = enabled', 'mh-fallback = enabled'],
  },
  ...['flag-1', 'flag-2', 'flag-3'].map((flag) => ({
    key: 'scheduler_flags',
    spec: { scheduler_flags: [flag] },
    writes: [flag, 'lb_kind NAT'],
    shows: [`${flag} = enabled`],
  })),
  {
    key: 'persistence.timeout',
    spec: { persistence: { timeout: '31d' } },
    writes: ['persistence_timeout 2678400', 'persistence_granularity 255.255.255.255'],
    shows: ['persistence timeout = 2678400'],
  },
  {
    key: 'persistence.netmask',
    spec: { persistence: { netmask: '255.255.240.0' } },
    writes: ['persistence_timeout 360', 'persistence_granularity 255.255.240.0'],
    shows: ['persistence timeout = 360', 'persistence granularity = 255.255.240.0'],
  },
  {
    key: 'persistence.netmask',
    spec: { vip: '2001:db8::2', servers: IPV6_SERVERS, persistence: { netmask: 64 } },
    writes: ['persistence_timeout 360', 'persistence_granularity 64'],
    shows: ['persistence granularity = 64'],
  },
  // The dump has no word for it; that the kernel takes it shows test/kernel/keepalived/service-tables.test.ts.
  {
    key: 'persistence.engine',
    spec: { protocol: 'udp', persistence: { engine: 'sip' } },
    writes: ['persistence_timeout 360', 'persistence_engine sip'],
    shows: ['persistence timeout = 360'],
  },
  {
    key: 'one_packet',
    spec: { protocol: 'udp', one_packet: true },
    writes: ['ops'],
    shows: ['One packet scheduling = enabled'],
  },
  {
    key: 'one_packet',
    spec: { fwmark: 5, one_packet: true },
    writes: ['ops'],
    shows: ['One packet scheduling = enabled (inactive due to not UDP)'],
  },
  { key: 'weight', spec: { weight: 2 }, writes: ['weight 2'], shows: ['initial weight = 2'] },
  {
    key: 'upper_threshold',
    spec: { upper_threshold: 9 },
    writes: ['uthreshold 9'],
    shows: ['connection limit range = 0 -> 9'],
  },
  {
    key: 'lower_threshold',
    spec: { upper_threshold: 9, lower_threshold: 3 },
    writes: ['uthreshold 9', 'lthreshold 3'],
    shows: ['connection limit range = 3 -> 9'],
  },
  {
    key: 'forwarding.tun.type',
    spec: { forwarding: 'dr' },
    writes: ['lb_kind DR'],
    shows: ['default forwarding method = DR', 'forwarding method = DR'],
  },
  {
    key: 'forwarding.tun.type',
    spec: { forwarding: 'tun' },
    writes: ['lb_kind TUN'],
    shows: ['default forwarding method = TUN, type = IPIP', 'forwarding method = TUN, type = IPIP'],
  },
  {
    key: 'forwarding.tun.port',
    spec: { forwarding: { tun: { type: 'gue', port: 6080 } } },
    writes: ['lb_kind TUN type gue port 6080 nocsum'],
    shows: ['forwarding method = TUN, type = GUE, port = 6080, no checksum'],
  },
  {
    key: 'forwarding.tun.checksum',
    spec: { forwarding: { tun: { type: 'gre', checksum: 'csum' } } },
    writes: ['lb_kind TUN type gre csum'],
    shows: ['forwarding method = TUN, type = GRE, checksum'],
  },
  { key: 'quorum', spec: { quorum: 3 }, writes: ['quorum 3'], shows: ['quorum = 3, hysteresis = 0'] },
  {
    key: 'hysteresis',
    spec: { quorum: 2, hysteresis: 1 },
    writes: ['quorum 2', 'hysteresis 1'],
    shows: ['quorum = 2, hysteresis = 1'],
  },
  { key: 'alpha', spec: { alpha: true }, writes: ['alpha'], shows: ['alpha is ON', 'Alpha is ON'] },
  { key: 'omega', spec: { omega: true }, writes: ['omega'], shows: ['omega is ON'] },
  {
    key: 'sorry_server.address',
    spec: { sorry_server: SORRY.address },
    writes: ['lb_kind NAT', 'sorry_server 10.0.0.9 80', 'real_server 10.0.0.1 80 {'],
    shows: ['sorry server = [10.0.0.9]:tcp:80', 'Inhibit on failure is OFF'],
  },
  {
    key: 'sorry_server.port',
    spec: { sorry_server: { ...SORRY, port: 8080 } },
    writes: ['sorry_server 10.0.0.9 8080'],
    shows: ['sorry server = [10.0.0.9]:tcp:8080'],
  },
  {
    key: 'sorry_server.forwarding.tun.type',
    spec: { sorry_server: { ...SORRY, forwarding: 'dr' } },
    writes: ['sorry_server 10.0.0.9 80', 'sorry_server_lvs_method DR'],
    shows: ['sorry server = [10.0.0.9]:tcp:80', 'forwarding method = DR'],
  },
  {
    key: 'sorry_server.forwarding.tun.port',
    spec: { sorry_server: { address: 'fd00::9', forwarding: { tun: { type: 'gue', port: 7 } } } },
    writes: ['sorry_server fd00::9 80', 'sorry_server_lvs_method TUN type gue port 7 nocsum'],
    shows: ['sorry server = [fd00::9]:tcp:80', 'forwarding method = TUN, type = GUE, port = 7, no checksum'],
  },
  {
    key: 'sorry_server.forwarding.tun.checksum',
    spec: { sorry_server: { ...SORRY, forwarding: { tun: { type: 'gre', checksum: 'csum' } } } },
    writes: ['sorry_server 10.0.0.9 80', 'sorry_server_lvs_method TUN type gre csum'],
    shows: ['sorry server = [10.0.0.9]:tcp:80', 'forwarding method = TUN, type = GRE, checksum'],
  },
  {
    key: 'sorry_server.address',
    spec: { sorry_server: SORRY.address, check: { ping: {}, on_failure: 'quiesce' } },
    writes: ['sorry_server 10.0.0.9 80', 'sorry_server_inhibit', 'real_server 10.0.0.1 80 {'],
    shows: ['sorry server = [10.0.0.9]:tcp:80', 'Inhibit on failure is ON'],
  },
  {
    key: 'notify.up',
    spec: { notify: { up: "/usr/bin/echo up 'a b'" } },
    writes: [`notify_up "/usr/bin/echo up 'a b'"`],
    shows: [`RS up notify script = '/usr/bin/echo' 'up' 'a b', uid:gid 0:0`],
  },
  {
    key: 'notify.down',
    spec: { notify: { down: '/usr/bin/echo down' } },
    writes: ['notify_down "/usr/bin/echo down"'],
    shows: [`RS down notify script = '/usr/bin/echo' 'down', uid:gid 0:0`],
  },
  {
    key: 'notify.quorum_up',
    spec: { notify: { quorum_up: '/usr/bin/echo up' } },
    writes: ['quorum_up "/usr/bin/echo up"'],
    shows: [`Quorum up notify script = '/usr/bin/echo' 'up', uid:gid 0:0`],
  },
  {
    key: 'notify.quorum_down',
    spec: { notify: { quorum_down: '/usr/bin/echo down' } },
    writes: ['quorum_down "/usr/bin/echo down"'],
    shows: [`Quorum down notify script = '/usr/bin/echo' 'down', uid:gid 0:0`],
  },
  {
    key: 'notify.user',
    spec: { notify: { up: '/usr/bin/true', down: '/usr/bin/true', quorum_up: '/usr/bin/true', user: 'nobody root' } },
    writes: ['quorum_up "/usr/bin/true" nobody root', 'notify_up "/usr/bin/true" nobody root'],
    shows: [
      `RS up notify script = '/usr/bin/true', uid:gid 65534:0`,
      `RS down notify script = '/usr/bin/true', uid:gid 65534:0`,
      `Quorum up notify script = '/usr/bin/true', uid:gid 65534:0`,
    ],
  },
  {
    key: 'extra',
    spec: { extra: ['virtualhost www.example.com', 'snmp_name web'] },
    writes: ['}', 'virtualhost www.example.com', 'snmp_name web', '}'],
    shows: ['VirtualHost = www.example.com', `SNMP name = 'web'`],
  },
];
