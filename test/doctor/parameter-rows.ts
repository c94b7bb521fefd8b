import { type HostFacts, known } from '../../src/doctor/facts.ts';
import { device, LO, pairSpec, sysctls } from './healthy-host.ts';
import type { Row } from './row.ts';

const OWN = ['192.0.2.11/24', '203.0.113.10/24'];
const TWO: Pick<HostFacts, 'interfaces'> = {
  interfaces: known([LO, device('eth0', OWN), device('eth1', ['10.0.0.1/24'])]),
};
const NO_IP_VS = new Map([['ip_vs', known('loadable' as const)]]);

/** 2xx: parameters of the kernel. */
export const PARAMETER_ROWS: readonly Row[] = [
  {
    rule: 'DOC201',
    claim: 'a director by nat that does not forward',
    facts: { sysctls: sysctls({ 'net.ipv4.ip_forward': '0' }) },
    seen: ['net.ipv4.ip_forward is 0'],
    fix: ['sysctl -w net.ipv4.ip_forward=1'],
  },
  {
    rule: 'DOC201',
    claim: 'the same in a network namespace',
    facts: { sysctls: sysctls({ 'net.ipv4.ip_forward': '0' }), netns: 'edge' },
    seen: ['net.ipv4.ip_forward is 0'],
    fix: ['ip netns exec edge sysctl -w net.ipv4.ip_forward=1'],
  },
  {
    rule: 'DOC201',
    claim: 'a director by dr, which need not forward',
    facts: { sysctls: sysctls({ 'net.ipv4.ip_forward': '0' }) },
    spec: pairSpec({ service: 'forwarding: dr' }),
    seen: [],
  },
  {
    rule: 'DOC202',
    claim: 'connections of removed servers that are dropped in silence',
    facts: { sysctls: sysctls({ 'net.ipv4.vs.expire_nodest_conn': '0' }) },
    seen: ['net.ipv4.vs.expire_nodest_conn is 0'],
    fix: ['sysctl -w net.ipv4.vs.expire_nodest_conn=1'],
  },
  {
    rule: 'DOC202',
    claim: 'parameters of ip_vs where it is not loaded',
    facts: { modules: NO_IP_VS, sysctls: sysctls({ 'net.ipv4.vs.expire_nodest_conn': '0' }) },
    seen: [],
  },
  { rule: 'DOC202', claim: 'the parameters that the spec calls for', facts: {}, seen: [] },
  {
    rule: 'DOC205',
    claim: 'a late reuse of ports on an old kernel',
    facts: {
      kernelRelease: '4.18.0-553.el8_10.x86_64',
      sysctls: sysctls({ 'net.ipv4.vs.conn_reuse_mode': '1', 'net.ipv4.vs.conntrack': '1' }),
    },
    seen: ['net.ipv4.vs.conn_reuse_mode is 1 and net.ipv4.vs.conntrack is 1, with Linux 4.18.0-553.el8_10.x86_64'],
    fix: ['sysctl -w net.ipv4.vs.conn_reuse_mode=0'],
  },
  {
    rule: 'DOC205',
    claim: 'the same on a new kernel',
    facts: { sysctls: sysctls({ 'net.ipv4.vs.conn_reuse_mode': '1', 'net.ipv4.vs.conntrack': '1' }) },
    seen: [],
  },
  {
    rule: 'DOC203',
    claim: 'a strict filter of sources on a host with two interfaces',
    facts: {
      ...TWO,
      sysctls: sysctls({ 'net.ipv4.conf.all.rp_filter': '1', 'net.ipv4.conf.eth0.rp_filter': '0' }),
    },
    seen: ['rp_filter is strict on eth0, and this host has 2 interfaces: eth0, eth1'],
    fix: ['sysctl -w net.ipv4.conf.eth0.rp_filter=2'],
  },
  {
    rule: 'DOC203',
    claim: 'a loose one',
    facts: {
      ...TWO,
      sysctls: sysctls({ 'net.ipv4.conf.all.rp_filter': '1', 'net.ipv4.conf.eth0.rp_filter': '2' }),
    },
    seen: [],
  },
  {
    rule: 'DOC203',
    claim: 'a strict one with a single interface',
    facts: { sysctls: sysctls({ 'net.ipv4.conf.eth0.rp_filter': '1' }) },
    seen: [],
  },
  {
    rule: 'DOC204',
    claim: 'a director that answers ARP for others',
    facts: { sysctls: sysctls({ 'net.ipv4.conf.eth0.proxy_arp': '1', 'net.ipv4.conf.eth1.proxy_arp': '1' }) },
    seen: ['net.ipv4.conf.eth0.proxy_arp is 1'],
    fix: ['sysctl -w net.ipv4.conf.eth0.proxy_arp=0'],
  },
  {
    rule: 'DOC204',
    claim: 'one that does not',
    facts: { sysctls: sysctls({ 'net.ipv4.conf.eth0.proxy_arp': '0' }) },
    seen: [],
  },
];
