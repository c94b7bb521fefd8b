import { type HostFacts, type Listener, known, type Route } from '../../src/doctor/facts.ts';
import { pairSpec, sysctls } from './healthy-host.ts';
import type { Row } from './row.ts';
import { DR, GUE, NAT, serving, TUN, VIP_ON_LO } from './serving-host.ts';

function listening(...list: Listener[]): Pick<HostFacts, 'listeners'> {
  return { listeners: known(list) };
}

function tcp(address: string, port = 80): Listener {
  return { protocol: 'tcp', address, port };
}

function gateway(address: string, advertisedMss: number | null = null): Pick<HostFacts, 'routes'> {
  const route: Route = {
    family: 'ipv4',
    destination: null,
    gateway: address,
    device: 'eth0',
    metric: 0,
    advertisedMss,
  };
  return { routes: known([route]) };
}

const QUIET = sysctls({ 'net.ipv4.conf.all.arp_ignore': '1', 'net.ipv4.conf.all.arp_announce': '2' });
const LOUD = { 'net.ipv4.conf.all.arp_ignore': '0', 'net.ipv4.conf.all.arp_announce': '0' };

/** 5xx: how packets reach a real server, and leave it. */
export const REAL_SERVER_PATH_ROWS: readonly Row[] = [
  {
    rule: 'DOC504',
    claim: 'a real server that answers ARP for its VIP',
    facts: { ...serving(VIP_ON_LO), sysctls: sysctls(LOUD) },
    spec: DR,
    seen: ['net.ipv4.conf.all.arp_announce is 0', 'net.ipv4.conf.all.arp_ignore is 0'],
    fix: ['sysctl -w net.ipv4.conf.all.arp_announce=2', 'sysctl -w net.ipv4.conf.all.arp_ignore=1'],
  },
  {
    rule: 'DOC504',
    claim: 'one that is quiet on each interface that speaks ARP',
    facts: {
      ...serving(VIP_ON_LO, ['dummy0', [], { kind: 'dummy' }], ['eth9', [], { isUp: false }]),
      sysctls: sysctls({
        ...LOUD,
        'net.ipv4.conf.eth0.arp_ignore': '2',
        'net.ipv4.conf.eth0.arp_announce': '2',
      }),
    },
    spec: DR,
    seen: [],
  },
  { rule: 'DOC504', claim: 'one that is quiet', facts: { sysctls: QUIET }, spec: DR, seen: [] },
  { rule: 'DOC504', claim: 'nat', facts: { sysctls: sysctls(LOUD) }, spec: NAT, seen: [] },
  {
    rule: 'DOC506',
    claim: 'another gateway than the director',
    facts: { ...serving(), ...gateway('10.0.0.254') },
    spec: NAT,
    seen: ['The ipv4 default gateway is 10.0.0.254'],
    fix: ['ip route replace default via 10.0.0.1'],
  },
  {
    rule: 'DOC506',
    claim: 'no gateway, where the director has no address near',
    facts: { ...serving(), routes: known([]) },
    spec: pairSpec(),
    seen: ['There is no ipv4 default gateway'],
    fix: [],
  },
  {
    rule: 'DOC506',
    claim: 'the inside VIP as the gateway',
    facts: { ...serving(), ...gateway('10.0.0.1') },
    spec: NAT,
    seen: [],
  },
  {
    rule: 'DOC506',
    claim: 'dr, whatever the gateway',
    facts: { ...serving(), ...gateway('10.0.0.254') },
    spec: DR,
    seen: [],
  },
  {
    rule: 'DOC507',
    claim: 'a program that does not listen on the VIP',
    facts: { ...serving(VIP_ON_LO), ...listening(tcp('10.0.0.21'), tcp('*', 22)) },
    spec: DR,
    seen: ['At tcp port 80 a program listens on 10.0.0.21 alone'],
  },
  {
    rule: 'DOC507',
    claim: 'no program at all',
    facts: { ...serving(), ...listening(tcp('*', 22), { protocol: 'udp', address: '0.0.0.0', port: 80 }) },
    spec: NAT,
    seen: ['Nothing listens at tcp 10.0.0.21:80'],
    fix: [],
  },
  {
    rule: 'DOC507',
    claim: 'a program that takes IPv6 alone',
    facts: { ...serving(), ...listening(tcp('::')) },
    spec: NAT,
    seen: ['At tcp port 80 a program listens on :: alone'],
  },
  {
    rule: 'DOC507',
    claim: 'a program on all addresses',
    facts: { ...serving(), ...listening(tcp('*')) },
    spec: DR,
    seen: [],
  },
  {
    rule: 'DOC507',
    claim: 'a program on its own address, for nat',
    facts: { ...serving(), ...listening(tcp('10.0.0.21')) },
    spec: NAT,
    seen: [],
  },
  {
    rule: 'DOC508',
    claim: 'segments that do not fit into the tunnel',
    facts: { ...serving(), ...gateway('10.0.0.254') },
    spec: GUE,
    seen: ['This host announces TCP segments of 1460 bytes to ipv4 clients'],
    fix: ['ip route change default via 10.0.0.254 dev eth0 advmss 1428'],
  },
  {
    rule: 'DOC508',
    claim: 'segments that fit',
    facts: { ...serving(), ...gateway('10.0.0.254', 1440) },
    spec: TUN,
    seen: [],
  },
  {
    rule: 'DOC508',
    claim: 'dr, which adds nothing',
    facts: { ...serving(), ...gateway('10.0.0.254') },
    spec: DR,
    seen: [],
  },
  {
    rule: 'DOC509',
    claim: 'a firewall that drops the tunnel',
    facts: {
      ...serving(),
      firewall: known([
        {
          tool: 'iptables-legacy',
          family: 'ipv4',
          familyWord: 'ip',
          table: 'filter',
          name: 'INPUT',
          base: { priority: 0, policy: 'drop' },
          rules: [],
        },
      ]),
    },
    spec: TUN,
    seen: [
      'The firewall drops what no rule accepts (chain iptables-legacy ip filter INPUT), and none accepts packets of the tunnel (IP protocol 4, ipencap)',
    ],
    fix: ['iptables-legacy -I INPUT -p 4 -j ACCEPT'],
  },
  { rule: 'DOC509', claim: 'no firewall', facts: serving(), spec: TUN, seen: [] },
];
