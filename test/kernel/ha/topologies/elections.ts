import { failing, gone, PRIORITY, scripts, type Topology, unplugged, web } from './topology.ts';

/** Who is master by priority, preemption and address. */
export const ELECTIONS: readonly Topology[] = [
  {
    title:
      'a pair with preempt: the first has the VIP again as soon as it is back, and nobody has it without directors',
    spec: web(PRIORITY),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the first dies', [gone('lb1')], { web: 'lb2' }],
      ['it is back', [], { web: 'lb1' }],
      ['the second dies', [gone('lb2')], { web: 'lb1' }],
      ['both are dead', [gone('lb1'), gone('lb2')], { web: '' }],
    ],
  },
  {
    title: 'a pair without preempt: the second keeps the VIP when the first is back, until it dies itself',
    spec: web(`${PRIORITY}, preempt: false`),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the first dies', [gone('lb1')], { web: 'lb2' }],
      ['it is back', [], { web: 'lb2' }],
      ['the second dies', [gone('lb2')], { web: 'lb1' }],
      ['it is back', [], { web: 'lb1' }],
      ['the cable of the first is out', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
      ['it is in again', [], { web: 'lb2' }],
    ],
  },
  {
    title:
      'three directors with falling priorities, by unicast: the VIP goes down the line, past one that cannot have it',
    spec: web('priority: { lb1: 150, lb2: 120, lb3: 90 }, unicast: true'),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the first dies', [gone('lb1')], { web: 'lb2' }],
      ['so does the second', [gone('lb1'), gone('lb2')], { web: 'lb3' }],
      ['the second is back', [gone('lb1')], { web: 'lb2' }],
      ['the cable of the second is out', [gone('lb1'), unplugged('lb2', 'eth0')], { web: 'lb3' }],
      ['the first is back', [unplugged('lb2', 'eth0')], { web: 'lb1' }],
    ],
  },
  {
    title: 'active/active: each has the VIP that it is first for, and one of them all VIPs without the other',
    spec: `
vrrp:
  dr: { virtual_router_id: 51, vips: [10.1.0.102], ${PRIORITY}, advert_interval: 100ms }
  other: { virtual_router_id: 52, vips: [10.1.0.103], priority: { lb1: 100, lb2: 150 }, advert_interval: 100ms }
`,
    steps: [
      ['all is well', [], { dr: 'lb1', other: 'lb2' }],
      ['the first dies', [gone('lb1')], { dr: 'lb2', other: 'lb2' }],
      ['the second instead', [gone('lb2')], { dr: 'lb1', other: 'lb1' }],
      ['both are there', [], { dr: 'lb1', other: 'lb2' }],
    ],
  },
  {
    title: 'equal priorities: the higher address wins between two masters that meet, and else who was master stays it',
    spec: web('priority: { lb1: 100, lb2: 100 }, track_primary: false'),
    steps: [
      ['they do not hear each other', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
      ['they do', [], { web: 'lb2' }],
      ['the second dies', [gone('lb2')], { web: 'lb1' }],
      ['it is back, with the higher address', [], { web: 'lb1' }],
    ],
  },
  {
    title: 'an owner of the address, priority 255, is not moved by a weight, and takes over in spite of preempt: false',
    spec: web(
      'priority: { lb1: 255, lb2: 100 }, preempt: false, track: { scripts: { chk: {} } }',
      scripts({ chk: 'weight: -253' }),
    ),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the script fails', [failing('chk', 'lb1')], { web: 'lb1' }],
      ['the owner dies', [gone('lb1')], { web: 'lb2' }],
      ['it is back', [], { web: 'lb1' }],
      ['its cable is out', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
      ['it is in again', [], { web: 'lb1' }],
    ],
  },
  {
    title: 'a link for adverts alone that is cut makes two masters with the VIP where the clients are: split brain',
    spec: web(`${PRIORITY}, interface: eth1, track_primary: false`).replace(
      'vips: [10.1.0.101]',
      'vips: [{ address: 10.1.0.101, interface: eth0 }]',
    ),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the link is cut', [unplugged('lb1', 'eth1')], { web: 'lb1 lb2' }],
      ['it is there again', [], { web: 'lb1' }],
      ['the link of the clients is cut', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
    ],
  },
  {
    title: 'an instance for IPv6 moves as one for IPv4 does',
    spec: web(PRIORITY).replace('10.1.0.101', '"fd00:1::101"'),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the first dies', [gone('lb1')], { web: 'lb2' }],
      ['it is back', [], { web: 'lb1' }],
      ['its cable is out', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
    ],
  },
];
