import { failing, files, gone, holding, PRIORITY, scripts, type Topology, unplugged, web } from './topology.ts';

const FOLLOW = 'track: { scripts: { chk: {} } }';

/** What is followed, and what its weight does. */
export const TRACKERS: readonly Topology[] = [
  {
    title: 'a script with a negative weight that is enough moves the VIP, and back when it recovers',
    spec: web(`${PRIORITY}, ${FOLLOW}`, scripts({ chk: 'weight: -60' })),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the script fails', [failing('chk', 'lb1')], { web: 'lb2' }],
      ['it fails everywhere', [failing('chk', null)], { web: 'lb1' }],
      ['it recovers', [], { web: 'lb1' }],
    ],
  },
  {
    title: 'a script with a weight that is too small moves nothing, not even where it makes the priorities equal',
    spec: web(
      `${PRIORITY}, track: { scripts: { small: {}, more: {} } }`,
      scripts({ small: 'weight: -20', more: 'weight: -30' }),
    ),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the script fails', [failing('small', 'lb1')], { web: 'lb1' }],
      ['so does another', [failing('small', 'lb1'), failing('more', 'lb1')], { web: 'lb1' }],
    ],
  },
  {
    title: 'a script with a weight moves nothing without preempt until the master dies',
    spec: web(`${PRIORITY}, preempt: false, ${FOLLOW}`, scripts({ chk: 'weight: -60' })),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the script fails', [failing('chk', 'lb1')], { web: 'lb1' }],
      ['the master dies', [failing('chk', 'lb1'), gone('lb1')], { web: 'lb2' }],
      ['it is back, and the script is well', [], { web: 'lb2' }],
    ],
  },
  {
    title: 'a script with weight 0 is a fault: nobody has the VIP when it fails everywhere',
    spec: web(`${PRIORITY}, ${FOLLOW}`, scripts({ chk: 'weight: 0' })),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the script fails', [failing('chk', 'lb1')], { web: 'lb2' }],
      ['it fails everywhere', [failing('chk', null)], { web: '' }],
      ['the second recovers', [failing('chk', 'lb1')], { web: 'lb2' }],
      ['so does the first', [], { web: 'lb1' }],
    ],
  },
  {
    title: 'a script with a positive weight counts where it is well, and no priority is above 254',
    spec: web(`priority: { lb1: 250, lb2: 240 }, ${FOLLOW}`, scripts({ chk: 'weight: 60' })),
    steps: [
      ['it fails on the second', [failing('chk', 'lb2')], { web: 'lb1' }],
      ['it is well everywhere, so both have 254', [], { web: 'lb1' }],
      ['it fails on the first', [failing('chk', 'lb1')], { web: 'lb2' }],
    ],
  },
  {
    title: 'a script that is reversed lowers the priority while it is well, or is a fault with weight 0',
    spec: web(
      `${PRIORITY}, track: { scripts: { busy: {}, off: {} } }`,
      scripts({ busy: 'weight: 60, reverse: true', off: 'weight: 0, reverse: true' }),
    ),
    steps: [
      ['nobody is busy or off', [failing('busy', null), failing('off', null)], { web: 'lb1' }],
      ['the first is busy', [failing('busy', 'lb2'), failing('off', null)], { web: 'lb2' }],
      ['both are', [failing('off', null)], { web: 'lb1' }],
      ['the first is off', [failing('off', 'lb2')], { web: 'lb2' }],
    ],
  },
  {
    title: 'the number in a file, times its weight, counts; below -253 it is a fault',
    spec: web(`${PRIORITY}, track: { files: { load: {} } }`, files({ load: 'weight: 2' })),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the number is too small', [holding(-20, 'load', 'lb1')], { web: 'lb1' }],
      ['it is enough', [holding(-30, 'load', 'lb1')], { web: 'lb2' }],
      ['it is a fault', [holding(-127, 'load', 'lb1')], { web: 'lb2' }],
      ['everywhere', [holding(-127, 'load', null)], { web: '' }],
      ['it recovers', [], { web: 'lb1' }],
      ['the second has more', [holding(40, 'load', 'lb2')], { web: 'lb2' }],
    ],
  },
  {
    title: 'a file with weight 0 is a fault with any number but 0, and one that is reversed with 0',
    spec: web(
      `${PRIORITY}, track: { files: { down: {}, ready: {} } }`,
      files({ down: 'weight: 0', ready: 'weight: 0, reverse: true' }),
    ),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the first is down', [holding(1, 'down', 'lb1')], { web: 'lb2' }],
      ['the second is not ready', [holding(1, 'down', 'lb1'), holding(0, 'ready', 'lb2')], { web: '' }],
      ['the first is not down any more', [holding(0, 'ready', 'lb2')], { web: 'lb1' }],
    ],
  },
  {
    title: 'an interface with a weight lowers the priority, and one without is a fault',
    spec: web(`${PRIORITY}, track: { interfaces: { eth1: { weight: -60 } } }`),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['its cable is out', [unplugged('lb1', 'eth1')], { web: 'lb2' }],
      ['that of the second too', [unplugged('lb1', 'eth1'), unplugged('lb2', 'eth1')], { web: 'lb1' }],
      ['the own interface', [unplugged('lb1', 'eth0'), unplugged('lb2', 'eth1')], { web: 'lb2' }],
      ['all is well', [], { web: 'lb1' }],
    ],
  },
  {
    title: 'an interface of a VIP or a route is followed without a weight, whatever else is said of it',
    spec: web(
      `${PRIORITY}, track_primary: false, routes: [10.9.0.0/24 via 10.1.0.9 dev eth0],
         excluded_vips: [{ address: 10.2.0.100, interface: eth1 }], track: { interfaces: { eth1: { weight: 60 } } }`,
    ),
    steps: [
      ['all is well', [], { web: 'lb1' }],
      ['the interface of a VIP is cut off', [unplugged('lb1', 'eth1')], { web: 'lb2' }],
      ['that of the route and the adverts instead', [unplugged('lb1', 'eth0')], { web: 'lb2' }],
      ['all is well', [], { web: 'lb1' }],
    ],
  },
];
