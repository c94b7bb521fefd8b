import { type HostFacts, known } from '../../src/doctor/facts.ts';
import type { FilterChain, FilterRule } from '../../src/doctor/firewall.ts';
import { device, keepalived, LO, pairSpec, status } from './healthy-host.ts';
import type { Row } from './row.ts';

function interfaces(...devices: Parameters<typeof device>[]): Pick<HostFacts, 'interfaces'> {
  return { interfaces: known([LO, ...devices.map((one) => device(...one))]) };
}

function input(rules: readonly FilterRule[], policy: 'accept' | 'drop' = 'accept'): Pick<HostFacts, 'firewall'> {
  const chain: FilterChain = {
    tool: 'nft',
    family: 'both',
    familyWord: 'inet',
    table: 'filter',
    name: 'input',
    base: { priority: 0, policy },
    rules,
  };
  return { firewall: known([chain]) };
}

const VRRP = { what: 'protocol', isNegated: false, values: ['vrrp'] } as const;
const OWN = ['192.0.2.11/24', '203.0.113.10/24'];
const TUN = pairSpec({ service: 'forwarding: tun' });
const OUT = { address: { family: 'ipv4', text: '10.0.0.0' } as const, prefixLength: 24 };
const VIA_ETH1: Pick<HostFacts, 'routes'> = {
  routes: known([
    { family: 'ipv4', destination: null, gateway: '192.0.2.1', device: 'eth0', metric: 0, advertisedMss: null },
    {
      family: 'ipv4',
      destination: { ...OUT.address, prefixLength: OUT.prefixLength },
      gateway: null,
      device: 'eth1',
      metric: 0,
      advertisedMss: null,
    },
  ]),
};
const BACKUP = keepalived({ instances: known([status({ state: 'backup' })]) });
const REAL_SERVER = { address: '10.0.0.21', mac: '02:00:00:00:00:21' };

/** 3xx: network. */
export const NETWORK_ROWS: readonly Row[] = [
  {
    rule: 'DOC301',
    claim: 'an interface that is not there',
    facts: interfaces(['ens3', OWN]),
    seen: ['There is no interface eth0; there is lo, ens3'],
    fix: [],
  },
  {
    rule: 'DOC301',
    claim: 'an interface of connection sync that is not there',
    facts: {},
    spec: pairSpec({ more: 'connection_sync: { interface: sync0 }' }),
    seen: ['There is no interface sync0; there is lo, eth0'],
  },
  { rule: 'DOC301', claim: 'interfaces that are all there', facts: {}, seen: [] },
  {
    rule: 'DOC302',
    claim: 'an interface that is down',
    facts: interfaces(['eth0', OWN, { isUp: false }]),
    seen: ['eth0 is down'],
    fix: ['ip link set eth0 up'],
  },
  {
    rule: 'DOC302',
    claim: 'an interface without a carrier',
    facts: interfaces(['eth0', OWN, { hasCarrier: false }]),
    seen: ['eth0 is up, but has no carrier'],
    fix: [],
  },
  {
    rule: 'DOC302',
    claim: 'another interface that is down',
    facts: interfaces(['eth0', OWN], ['eth9', [], { isUp: false }]),
    seen: [],
  },
  {
    rule: 'DOC303',
    claim: 'an address that nobody has, beside one of its network',
    facts: interfaces(['eth0', ['192.0.2.99/24', '203.0.113.10/24']]),
    seen: ['No interface has 192.0.2.11'],
    fix: ['ip address add 192.0.2.11/24 dev eth0'],
  },
  {
    rule: 'DOC303',
    claim: 'an address that nobody has, with an unknown prefix',
    facts: interfaces(['eth0', []]),
    seen: ['No interface has 192.0.2.11'],
    fix: [],
  },
  {
    rule: 'DOC303',
    claim: 'an address on another interface',
    facts: interfaces(['eth0', []], ['eth1', OWN]),
    seen: ['192.0.2.11 is on eth1'],
    fix: [],
  },
  {
    rule: 'DOC303',
    claim: 'a source of unicast adverts that nobody has',
    facts: {},
    spec: pairSpec().replace('vips:', 'unicast: true, source: { lb1: 198.51.100.1 }, vips:'),
    seen: ['No interface has 198.51.100.1'],
  },
  { rule: 'DOC303', claim: 'the address where it should be', facts: {}, seen: [] },
  {
    rule: 'DOC304',
    claim: 'a tunnel through another interface of the same MTU',
    facts: { ...interfaces(['eth0', OWN], ['eth1', ['10.0.0.1/24']]), ...VIA_ETH1 },
    spec: TUN,
    seen: ['Requests of up to 1500 bytes come in by eth0, and eth1 takes 1500 to 10.0.0.21'],
    fix: ['ip link set eth1 mtu 1520'],
  },
  {
    rule: 'DOC304',
    claim: 'a tunnel through the interface of the clients',
    facts: {
      ...interfaces(['eth0', OWN]),
      routes: known([
        { family: 'ipv4', destination: null, gateway: '192.0.2.1', device: 'eth0', metric: 0, advertisedMss: null },
      ]),
    },
    spec: pairSpec({ service: 'forwarding: { tun: { type: gue, port: 6080 } }' }),
    seen: ['Requests of up to 1500 bytes come in by eth0, and eth0 takes 1500 to 10.0.0.21'],
    fix: [],
  },
  {
    rule: 'DOC304',
    claim: 'a tunnel with room for what it adds',
    facts: { ...interfaces(['eth0', OWN], ['eth1', ['10.0.0.1/24'], { mtu: 1520 }]), ...VIA_ETH1 },
    spec: TUN,
    seen: [],
  },
  {
    rule: 'DOC305',
    claim: 'a rule that drops adverts',
    facts: input([{ matches: [VRRP], verdict: { kind: 'drop' } }]),
    seen: ['A rule of the firewall drops VRRP adverts (IP protocol 112) on eth0 (chain nft inet filter input)'],
    fix: ['nft insert rule inet filter input meta l4proto 112 accept'],
  },
  {
    rule: 'DOC305',
    claim: 'a policy that drops connection sync',
    facts: input([{ matches: [VRRP], verdict: { kind: 'accept' } }], 'drop'),
    spec: pairSpec({ more: 'connection_sync: { interface: eth0 }' }),
    seen: [
      'The firewall drops what no rule accepts (chain nft inet filter input), and none accepts connection sync (UDP port 8848) on eth0',
    ],
    fix: ['nft insert rule inet filter input udp dport 8848 accept'],
  },
  {
    rule: 'DOC305',
    claim: 'a rule that lets adverts in before the policy drops them',
    facts: input([{ matches: [VRRP], verdict: { kind: 'accept' } }], 'drop'),
    seen: [],
  },
  {
    rule: 'DOC305',
    claim: 'adverts where no other director sends any',
    facts: input([], 'drop'),
    spec: pairSpec().replace(', lb2: 100', ''),
    seen: [],
  },
  {
    rule: 'DOC306',
    claim: 'a VIP in the configuration of the network',
    facts: { permanentAddresses: known([{ address: '203.0.113.10', file: '/etc/network/interfaces' }]) },
    seen: ['/etc/network/interfaces gives this host 203.0.113.10'],
    fix: [],
  },
  {
    rule: 'DOC306',
    claim: 'the same for the owner of the address',
    facts: { permanentAddresses: known([{ address: '203.0.113.10', file: '/etc/network/interfaces' }]) },
    spec: pairSpec().replace('lb1: 150', 'lb1: 255'),
    seen: [],
  },
  {
    rule: 'DOC306',
    claim: 'the same where the director is a real server of it by dr',
    facts: { permanentAddresses: known([{ address: '203.0.113.10', file: '/etc/network/interfaces.d/lvs' }]) },
    spec: pairSpec({ service: 'forwarding: dr' }).replace('10.0.0.21', '192.0.2.11'),
    seen: [],
  },
  {
    rule: 'DOC307',
    claim: 'an interface that networkd may clean up',
    facts: {
      networkdLinks: known([{ interface: 'eth0', file: '/etc/systemd/network/10-eth0.network', keepsForeign: false }]),
    },
    seen: ['systemd-networkd configures eth0 by /etc/systemd/network/10-eth0.network, without KeepConfiguration='],
    fix: [
      'mkdir -p /etc/systemd/network/10-eth0.network.d',
      "printf '[Network]\\nKeepConfiguration=static\\n' > /etc/systemd/network/10-eth0.network.d/lvsctl.conf",
      'networkctl reload',
    ],
  },
  {
    rule: 'DOC307',
    claim: 'one that it leaves alone, and one that has no VIP',
    facts: {
      networkdLinks: known([
        { interface: 'eth0', file: '/etc/systemd/network/10-eth0.network', keepsForeign: true },
        { interface: 'eth1', file: '/etc/systemd/network/10-eth1.network', keepsForeign: false },
      ]),
    },
    seen: [],
  },
  {
    rule: 'DOC308',
    claim: 'a real server whose MAC the kernel has for the VIP',
    facts: { keepalived: BACKUP, neighbours: known([REAL_SERVER, { ...REAL_SERVER, address: '203.0.113.10' }]) },
    seen: ['The real server web-1 answers ARP for 203.0.113.10'],
    fix: [],
  },
  {
    rule: 'DOC308',
    claim: 'a second host that answers beside the master',
    facts: { arpAnswers: known([{ address: '203.0.113.10', mac: '02:00:00:00:00:66' }]) },
    seen: ['203.0.113.10 is answered for by 02:00:00:00:00:66, though this director is master'],
  },
  {
    rule: 'DOC308',
    claim: 'two hosts that answer while this one is backup',
    facts: {
      keepalived: BACKUP,
      arpAnswers: known(['02:00:00:00:00:66', '02:00:00:00:00:77'].map((mac) => ({ address: '203.0.113.10', mac }))),
    },
    seen: ['203.0.113.10 is answered for by 02:00:00:00:00:66 and 02:00:00:00:00:77'],
  },
  {
    rule: 'DOC308',
    claim: 'the master of yesterday, whom the kernel of the master remembers',
    facts: { neighbours: known([{ address: '203.0.113.10', mac: '02:00:00:00:00:02' }]) },
    seen: [],
  },
  {
    rule: 'DOC308',
    claim: 'the master that answers while this one is backup',
    facts: { keepalived: BACKUP, arpAnswers: known([{ address: '203.0.113.10', mac: '02:00:00:00:00:02' }]) },
    seen: [],
  },
];
