import { known } from '../../src/doctor/facts.ts';
import { sysctls } from './healthy-host.ts';
import type { Row } from './row.ts';
import { DR, GUE, NAT, serving, TUN, VIP_ON_LO } from './serving-host.ts';

const IPIP = { kind: 'ipip', mac: null, mtu: 1480, isLoopback: false } as const;
const STRICT = { 'net.ipv4.conf.all.rp_filter': '1', 'net.ipv4.conf.tunl0.rp_filter': '0' };

/** 5xx: what a real server has. */
export const REAL_SERVER_ROWS: readonly Row[] = [
  {
    rule: 'DOC501',
    claim: 'a VIP that no interface has',
    facts: serving(),
    spec: DR,
    seen: ['No interface has the VIP 203.0.113.10'],
    fix: ['ip address add 203.0.113.10/32 dev lo'],
  },
  {
    rule: 'DOC501',
    claim: 'a VIP for a tunnel whose device is up',
    facts: serving(['lvs-ipip', [], { ...IPIP, tunnelLocal: '10.0.0.21' }]),
    spec: TUN,
    seen: ['No interface has the VIP 203.0.113.10'],
    fix: ['ip address add 203.0.113.10/32 dev lvs-ipip'],
  },
  {
    rule: 'DOC501',
    claim: 'a VIP on an interface that answers ARP',
    facts: serving(['eth0', ['10.0.0.21/24', '203.0.113.10/24']]),
    spec: DR,
    seen: ['The VIP 203.0.113.10/24 is on eth0'],
    fix: ['ip address del 203.0.113.10/24 dev eth0', 'ip address add 203.0.113.10/32 dev lo'],
  },
  {
    rule: 'DOC501',
    claim: 'a VIP whose whole network is on lo',
    facts: serving(['lo', ['203.0.113.10/24']]),
    spec: DR,
    seen: ['The VIP 203.0.113.10/24 is on lo'],
    fix: ['ip address del 203.0.113.10/24 dev lo', 'ip address add 203.0.113.10/32 dev lo'],
  },
  { rule: 'DOC501', claim: 'a VIP on lo', facts: serving(VIP_ON_LO), spec: DR, seen: [] },
  {
    rule: 'DOC501',
    claim: 'a VIP on a dummy',
    facts: serving(['dummy0', ['203.0.113.10/32'], { kind: 'dummy' }]),
    spec: DR,
    seen: [],
  },
  { rule: 'DOC501', claim: 'nat, which needs no VIP', facts: serving(), spec: NAT, seen: [] },
  {
    rule: 'DOC502',
    claim: 'a tunnel without a device',
    facts: serving(),
    spec: TUN,
    seen: ['No device of kind ipip takes packets for 10.0.0.21'],
    fix: ['ip link add lvs-ipip type ipip local 10.0.0.21', 'ip link set lvs-ipip up'],
  },
  {
    rule: 'DOC502',
    claim: 'a tunnel device that is down',
    facts: serving(['tunl0', [], { ...IPIP, isUp: false }]),
    spec: TUN,
    seen: ['tunl0 is down'],
    fix: ['ip link set tunl0 up'],
  },
  {
    rule: 'DOC502',
    claim: 'a tunnel device for another address',
    facts: serving(['ipip9', [], { ...IPIP, tunnelLocal: '10.0.0.99' }]),
    spec: TUN,
    seen: ['No device of kind ipip takes packets for 10.0.0.21'],
  },
  {
    rule: 'DOC502',
    claim: 'the device of the kernel, up',
    facts: serving(['tunl0', [], IPIP]),
    spec: TUN,
    seen: [],
  },
  { rule: 'DOC502', claim: 'dr, which needs no device', facts: serving(), spec: DR, seen: [] },
  {
    rule: 'DOC503',
    claim: 'a port that does not take GUE',
    facts: { guePorts: known([6081]) },
    spec: GUE,
    seen: ['UDP port 6080 does not take GUE'],
    fix: ['modprobe fou', 'ip -4 fou add port 6080 gue'],
  },
  { rule: 'DOC503', claim: 'a port that does', facts: { guePorts: known([6080]) }, spec: GUE, seen: [] },
  {
    rule: 'DOC505',
    claim: 'a strict filter behind the tunnel',
    facts: { ...serving(['tunl0', [], IPIP]), sysctls: sysctls(STRICT) },
    spec: TUN,
    seen: ['rp_filter is strict on tunl0 (all: 1, tunl0: 0)'],
    fix: ['sysctl -w net.ipv4.conf.tunl0.rp_filter=2'],
  },
  {
    rule: 'DOC505',
    claim: 'a loose one',
    facts: {
      ...serving(['tunl0', [], IPIP]),
      sysctls: sysctls({ ...STRICT, 'net.ipv4.conf.tunl0.rp_filter': '2' }),
    },
    spec: TUN,
    seen: [],
  },
];
