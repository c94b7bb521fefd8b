import { type Advert, known } from '../../src/doctor/facts.ts';
import { device, keepalived, LO, pairSpec, status } from './healthy-host.ts';
import type { Row } from './row.ts';

function instances(...list: Parameters<typeof status>[0][]) {
  return { keepalived: keepalived({ instances: known(list.map((rest) => status(rest))) }) };
}

function conf(rest: Partial<{ services: readonly number[]; flushes: readonly string[] }>) {
  const services = (rest.services ?? []).map(
    (port) => ({ kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '203.0.113.10', port }) as const,
  );
  const value = { files: ['/etc/keepalived/keepalived.conf'], services, flushes: rest.flushes ?? [] };
  return { keepalived: keepalived({ conf: known(value) }) };
}

function advert(text: string, rest: Partial<Advert> = {}): Advert {
  const family = text.includes(':') ? 'ipv6' : 'ipv4';
  return { interface: 'eth0', source: { family, text }, virtualRouterId: 51, priority: 100, ...rest };
}

const WITHOUT_VIP = { interfaces: known([LO, device('eth0', ['192.0.2.11/24'])]) };
const GONE = keepalived({ pids: [], filePid: null, instances: known([]) });

/** 4xx: keepalived. */
export const KEEPALIVED_ROWS: readonly Row[] = [
  {
    rule: 'DOC401',
    claim: 'keepalived that does not run',
    facts: { keepalived: GONE },
    seen: ['keepalived does not run'],
    fix: ['systemctl start keepalived'],
  },
  {
    rule: 'DOC401',
    claim: 'keepalived that was killed, in a network namespace',
    facts: { keepalived: keepalived({ pids: [] }), netns: 'edge' },
    seen: ['keepalived does not run: /run/keepalived.pid names process 700, which is not one of this host'],
    fix: ['ip netns exec edge keepalived'],
  },
  {
    rule: 'DOC401',
    claim: 'keepalived that the spec does not need',
    facts: { keepalived: GONE },
    spec: 'version: 1\nservices: { web: { vip: 203.0.113.10, port: 80, forwarding: nat, check: none, servers: { web-1: 10.0.0.21 } } }\n',
    seen: [],
  },
  {
    rule: 'DOC402',
    claim: 'a second keepalived',
    facts: { keepalived: keepalived({ pids: [700, 900] }) },
    seen: ['2 keepalived run here: 700, 900'],
    fix: ['kill 900'],
  },
  {
    rule: 'DOC402',
    claim: 'two keepalived without a pid file',
    facts: { keepalived: keepalived({ pids: [800, 900], filePid: null }) },
    seen: ['2 keepalived run here: 800, 900'],
    fix: [],
  },
  { rule: 'DOC402', claim: 'one keepalived', facts: {}, seen: [] },
  {
    rule: 'DOC403',
    claim: 'an instance that keepalived does not know',
    facts: instances({ name: 'old' }),
    seen: ['The running keepalived does not know the VRRP instance web'],
    fix: ['lvsctl apply'],
  },
  {
    rule: 'DOC403',
    claim: 'an instance with other settings',
    facts: instances({ virtualRouterId: 52, basePriority: 100, interface: 'eth1', vips: ['203.0.113.11'] }),
    seen: [
      'The running keepalived has the VRRP instance web with virtual_router_id 52 in place of 51; priority 100 in place of 150; interface eth1 in place of eth0; vips 203.0.113.11 in place of 203.0.113.10',
    ],
  },
  {
    rule: 'DOC403',
    claim: 'an instance as the spec says',
    facts: instances({ state: 'backup', effectivePriority: 90 }),
    seen: [],
  },
  { rule: 'DOC403', claim: 'settings where keepalived does not run', facts: { keepalived: GONE }, seen: [] },
  {
    rule: 'DOC404',
    claim: 'an instance in fault',
    facts: instances({ state: 'fault' }),
    seen: ['The VRRP instance web is in fault'],
    fix: [],
  },
  { rule: 'DOC404', claim: 'an instance that is backup', facts: instances({ state: 'backup' }), seen: [] },
  {
    rule: 'DOC405',
    claim: 'a VIP that stayed when keepalived was killed',
    facts: { keepalived: GONE },
    seen: ['This host has VIPs of the VRRP instance web (203.0.113.10 on eth0), and keepalived does not run'],
    fix: ['ip address del 203.0.113.10/24 dev eth0'],
  },
  {
    rule: 'DOC405',
    claim: 'a VIP on a backup',
    facts: instances({ state: 'backup' }),
    seen: ['This host has VIPs of the VRRP instance web (203.0.113.10 on eth0), and it is backup'],
    fix: ['ip address del 203.0.113.10/24 dev eth0'],
  },
  {
    rule: 'DOC405',
    claim: 'a VIP of an instance that keepalived does not know',
    facts: instances({ name: 'old' }),
    seen: ['This host has VIPs of the VRRP instance web (203.0.113.10 on eth0), and keepalived does not know it'],
  },
  {
    rule: 'DOC405',
    claim: 'several VIPs, the one last added to be removed first',
    facts: {
      ...instances({ state: 'backup' }),
      interfaces: known([LO, device('eth0', ['203.0.113.20/24', '203.0.113.10/24'])]),
    },
    spec: pairSpec().replace('10/24]', '10/24, 203.0.113.20/24]'),
    seen: [
      'This host has VIPs of the VRRP instance web (203.0.113.20 on eth0, 203.0.113.10 on eth0), and it is backup',
    ],
    fix: ['ip address del 203.0.113.10/24 dev eth0', 'ip address del 203.0.113.20/24 dev eth0'],
  },
  { rule: 'DOC405', claim: 'a VIP on the master', facts: {}, seen: [] },
  {
    rule: 'DOC405',
    claim: 'no VIP on a backup',
    facts: { ...instances({ state: 'backup' }), ...WITHOUT_VIP },
    seen: [],
  },
  {
    rule: 'DOC405',
    claim: 'the VIP of its owner',
    facts: { keepalived: GONE },
    spec: pairSpec().replace('lb1: 150', 'lb1: 255'),
    seen: [],
  },
  {
    rule: 'DOC405',
    claim: 'a VIP on lo of a backup that is a real server too',
    facts: {
      ...instances({ state: 'backup' }),
      interfaces: known([device('lo', ['203.0.113.10/32']), device('eth0', ['192.0.2.11/24'])]),
    },
    spec: pairSpec({ service: 'forwarding: dr' }).replace('10.0.0.21', '192.0.2.11'),
    seen: [],
  },
  {
    rule: 'DOC406',
    claim: 'a master without its VIP',
    facts: WITHOUT_VIP,
    seen: ['The VRRP instance web is master, and no interface has 203.0.113.10'],
    fix: ['ip address add 203.0.113.10/24 dev eth0'],
  },
  {
    rule: 'DOC406',
    claim: 'a VIP that keepalived was not told of',
    facts: { ...instances({ vips: [] }), ...WITHOUT_VIP },
    seen: [],
  },
  { rule: 'DOC406', claim: 'a master with its VIP', facts: {}, seen: [] },
  {
    rule: 'DOC407',
    claim: 'a router of another cluster with our number',
    facts: { adverts: known([advert('192.0.2.99', { priority: 200 }), advert('192.0.2.99', { priority: 200 })]) },
    seen: [
      '192.0.2.99, which is no director of the spec, sends adverts for virtual router 51 on eth0, with priority 200',
    ],
    fix: [],
  },
  {
    rule: 'DOC407',
    claim: 'routers with other numbers, on other interfaces, link-local ones, and our own',
    facts: {
      adverts: known([
        advert('192.0.2.99', { virtualRouterId: 7 }),
        advert('192.0.2.99', { interface: 'eth1' }),
        advert('fe80::9'),
        advert('192.0.2.12'),
      ]),
    },
    seen: [],
  },
  {
    rule: 'DOC408',
    claim: 'another director that is master as well',
    facts: { adverts: known([advert('192.0.2.12')]) },
    seen: ['This director and lb2 are master of web at the same time'],
    fix: [],
  },
  {
    rule: 'DOC408',
    claim: 'the farewell of another director',
    facts: { adverts: known([advert('192.0.2.12', { priority: 0 })]) },
    seen: [],
  },
  {
    rule: 'DOC408',
    claim: 'the master, heard by a backup',
    facts: { ...instances({ state: 'backup' }), adverts: known([advert('192.0.2.12')]) },
    seen: [],
  },
  {
    rule: 'DOC409',
    claim: 'a service of lvsctl in the file of keepalived',
    facts: conf({ services: [80, 443] }),
    seen: ['The running keepalived has a virtual_server for tcp 203.0.113.10:80 (/etc/keepalived/keepalived.conf)'],
    fix: ['lvsctl apply'],
  },
  {
    rule: 'DOC409',
    claim: 'a keepalived that empties the table',
    facts: conf({ flushes: ['lvs_flush'] }),
    seen: ['The running keepalived has lvs_flush (/etc/keepalived/keepalived.conf)'],
  },
  { rule: 'DOC409', claim: 'services of keepalived alone', facts: conf({ services: [443] }), seen: [] },
];
