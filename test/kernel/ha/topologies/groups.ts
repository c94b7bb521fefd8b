import { failing, files, gone, holding, PRIORITY, scripts, type Topology, unplugged } from './topology.ts';

const INSIDE_OUTSIDE = `
vrrp:
  outside: { virtual_router_id: 51, vips: [10.1.0.101], OUTSIDE, advert_interval: 100ms }
  inside: { virtual_router_id: 52, vips: [10.2.0.100], interface: eth1, ${PRIORITY}, advert_interval: 100ms }
sync_groups:
  nat: { instances: [outside, inside]GROUP }
`;

function group({ outside = PRIORITY, group = '', rest = '' }): string {
  return rest + INSIDE_OUTSIDE.replace('OUTSIDE', outside).replace('GROUP', group);
}

const FOLLOWS_BOTH = 'track: { interfaces: { eth1: { weight: -60 } }, files: { load: {} } }';

const FIRST = { inside: 'lb1', outside: 'lb1' };
const SECOND = { inside: 'lb2', outside: 'lb2' };

/** Instances that move together, or not at all. */
export const GROUPS: readonly Topology[] = [
  {
    title: 'a sync group: a cable out on one side takes both sides away, and a second one both from everybody',
    spec: group({}),
    steps: [
      ['all is well', [], FIRST],
      ['the inside of the first is cut off', [unplugged('lb1', 'eth1')], SECOND],
      [
        'the outside of the second too',
        [unplugged('lb1', 'eth1'), unplugged('lb2', 'eth0')],
        { inside: '', outside: '' },
      ],
      ['the first is whole again', [unplugged('lb2', 'eth0')], FIRST],
      ['all is well', [], FIRST],
    ],
  },
  {
    title: 'a sync group: a weight that a script has for a member is ignored, and one for the group moves both',
    spec: group({
      outside: `${PRIORITY}, track: { scripts: { member: {} } }`,
      group: ', track: { scripts: { whole: {} } }',
      rest: scripts({ member: 'weight: -60', whole: 'weight: -60' }),
    }),
    steps: [
      ['all is well', [], FIRST],
      ['the script of the member fails', [failing('member', 'lb1')], FIRST],
      ['that of the group instead', [failing('whole', 'lb1')], SECOND],
      ['it recovers', [], FIRST],
    ],
  },
  {
    title: 'a sync group: a weight that it has for the interface of a VIP does not count, and its failure is a fault',
    spec: `
vrrp:
  dr: { virtual_router_id: 51, vips: [10.1.0.102], excluded_vips: [{ address: 10.2.0.100, interface: eth1 }],
        ${PRIORITY}, advert_interval: 100ms }
  other: { virtual_router_id: 52, vips: [10.1.0.103], ${PRIORITY}, advert_interval: 100ms }
sync_groups:
  site: { instances: [dr, other], tracking_weight: true, track: { interfaces: { eth1: { weight: -60 } } } }
`,
    steps: [
      ['all is well', [], { dr: 'lb1', other: 'lb1' }],
      ['the interface of the VIP is cut off', [unplugged('lb1', 'eth1')], { dr: 'lb2', other: 'lb2' }],
      ['on both', [unplugged('lb1', 'eth1'), unplugged('lb2', 'eth1')], { dr: '', other: '' }],
      ['all is well', [], { dr: 'lb1', other: 'lb1' }],
    ],
  },
  {
    title:
      'a sync group: a weight that an interface has for members counts all the same, and a file with weight 1 is a fault',
    spec: `
${files({ load: 'weight: 1' })}
vrrp:
  dr: { virtual_router_id: 51, vips: [10.1.0.102], ${FOLLOWS_BOTH}, ${PRIORITY}, advert_interval: 100ms }
  other: { virtual_router_id: 52, vips: [10.1.0.103], ${FOLLOWS_BOTH}, ${PRIORITY}, advert_interval: 100ms }
sync_groups:
  site: { instances: [dr, other] }
`,
    steps: [
      ['all is well', [], { dr: 'lb1', other: 'lb1' }],
      ['the interface is cut off', [unplugged('lb1', 'eth1')], { dr: 'lb2', other: 'lb2' }],
      ['it is there again', [], { dr: 'lb1', other: 'lb1' }],
      ['the file says more than 0', [holding(1, 'load', 'lb1')], { dr: 'lb2', other: 'lb2' }],
    ],
  },
  {
    title: 'a sync group with tracking_weight: a weight for one member alone moves neither, since the other still wins',
    spec: group({
      outside: `${PRIORITY}, track: { scripts: { chk: {} } }`,
      group: ', tracking_weight: true',
      rest: scripts({ chk: 'weight: -60' }),
    }),
    steps: [
      ['all is well', [], FIRST],
      ['the script fails', [failing('chk', 'lb1')], FIRST],
      ['the first dies', [failing('chk', 'lb1'), gone('lb1')], SECOND],
      ['it is back, and the script fails still', [failing('chk', 'lb1')], SECOND],
      ['the script recovers', [], FIRST],
    ],
  },
  {
    title: 'a sync group whose directors are each first for one member stays where it is',
    spec: group({ outside: 'priority: { lb1: 100, lb2: 150 }' }),
    steps: [
      ['the first is not there yet', [gone('lb1')], SECOND],
      ['it comes', [], SECOND],
      ['the second dies', [gone('lb2')], FIRST],
      ['it is back', [], FIRST],
    ],
  },
];
