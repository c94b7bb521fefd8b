import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Failure, simulate, simulateSequence } from '../../../src/lint/failover/simulate.ts';
import type { Desired } from '../../../src/model/desired.ts';
import { loadText } from '../../spec/load-text.ts';

const DIRECTORS = `
version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
`;

function pair(instance: string, rest = ''): Desired {
  return loadText(
    `${DIRECTORS}\n${rest}\nvrrp:\n  web: { virtual_router_id: 51, vips: [203.0.113.10/24], ${instance} }\n`,
  ).desired;
}

const PRIORITY = 'priority: { lb1: 150, lb2: 100 }';
const SCRIPT = 'track: { scripts: { chk: { command: /bin/chk, weight: WEIGHT } } }';

function script(weight: number): string {
  return SCRIPT.replace('WEIGHT', String(weight));
}

const lb1: Failure = { kind: 'director', director: 'lb1' };
const lb2: Failure = { kind: 'director', director: 'lb2' };
const eth0: Failure = { kind: 'interface', director: 'lb1', interface: 'eth0' };
const eth1: Failure = { kind: 'interface', director: 'lb1', interface: 'eth1' };
const chk: Failure = { kind: 'script', name: 'chk', director: 'lb1' };
const chkEverywhere: Failure = { kind: 'script', name: 'chk', director: null };

const FOLLOW = 'track: { scripts: { chk: {} } }';

const ONE_FAILURE: readonly (readonly [
  title: string,
  desired: Desired,
  failures: readonly Failure[],
  masters: string,
])[] = [
  ['the highest priority is master', pair(PRIORITY), [], 'lb1'],
  ['the next takes over from one that failed', pair(PRIORITY), [lb1], 'lb2'],
  ['nobody is left when both failed', pair(PRIORITY), [lb1, lb2], ''],
  ['the own interface is followed without a word', pair(PRIORITY), [eth0], 'lb2'],
  ['another interface is not', pair(PRIORITY), [eth1], 'lb1'],
  ['another interface that is followed is', pair(`${PRIORITY}, track: { interfaces: { eth1: {} } }`), [eth1], 'lb2'],
  [
    'that of a VIP is followed',
    pair(`${PRIORITY}, excluded_vips: [{ address: 10.0.0.1/24, interface: eth1 }]`),
    [eth1],
    'lb2',
  ],
  [
    'that of a VIP with no_track is not',
    pair(`${PRIORITY}, excluded_vips: [{ address: 10.0.0.1/24, interface: eth1, no_track: true }]`),
    [eth1],
    'lb1',
  ],
  ['that of a route is followed', pair(`${PRIORITY}, routes: [default via 10.0.0.254 dev eth1]`), [eth1], 'lb2'],
  [
    'an interface that is not followed cuts off: both are master',
    pair(`${PRIORITY}, track_primary: false`),
    [eth0],
    'lb1 lb2',
  ],
  ['weight 0 makes a failure a fault', pair(`${PRIORITY}, ${FOLLOW}`, script(0)), [chk], 'lb2'],
  ['a fault on all of them leaves nobody', pair(`${PRIORITY}, ${FOLLOW}`, script(0)), [chkEverywhere], ''],
  ['a weight that is too small moves nothing', pair(`${PRIORITY}, ${FOLLOW}`, script(-20)), [chk], 'lb1'],
  ['a weight that is enough moves it', pair(`${PRIORITY}, ${FOLLOW}`, script(-60)), [chk], 'lb2'],
  ['a weight on all of them moves nothing', pair(`${PRIORITY}, ${FOLLOW}`, script(-60)), [chkEverywhere], 'lb1'],
  ['a positive weight is lost with a failure', pair(`${PRIORITY}, ${FOLLOW}`, script(60)), [chk], 'lb2'],
  [
    'the use may say another weight',
    pair(`${PRIORITY}, track: { scripts: { chk: { weight: -60 } } }`, script(0)),
    [chk],
    'lb2',
  ],
  ['equal priorities: the higher address is master', pair('priority: { lb1: 100, lb2: 100 }'), [], 'lb2'],
  ['a weight that makes them equal leaves the master', pair(`${PRIORITY}, ${FOLLOW}`, script(-50)), [chk], 'lb1'],
  [
    'an owner does not move by a weight',
    pair(`priority: { lb1: 255, lb2: 100 }, ${FOLLOW}`, script(-253)),
    [chk],
    'lb1',
  ],
  [
    'preempt: false leaves a master with a lowered priority',
    pair(`${PRIORITY}, preempt: false, ${FOLLOW}`, script(-60)),
    [chk],
    'lb1',
  ],
  ['a priority stays above 0', pair(`${PRIORITY}, ${FOLLOW}`, script(-253)), [chk, lb2], 'lb1'],
  [
    'a file below -253 is a fault',
    pair(`${PRIORITY}, track: { files: { load: {} } }`, 'track: { files: { load: { path: /run/load } } }'),
    [{ kind: 'file', name: 'load', director: 'lb1', value: -254 }],
    'lb2',
  ],
  [
    'a file counts with its weight',
    pair(`${PRIORITY}, track: { files: { load: { weight: 2 } } }`, 'track: { files: { load: { path: /run/load } } }'),
    [{ kind: 'file', name: 'load', director: 'lb1', value: -30 }],
    'lb2',
  ],
];

for (const [title, desired, failures, masters] of ONE_FAILURE)
  test(title, () => {
    assert.equal(simulate(desired, failures)[0]?.masters.join(' '), masters);
  });

test('two directors that do not hear each other may both have the VIP', () => {
  const beat = 'interface: eth1, track_primary: false, excluded_vips: [{ address: 10.0.0.1/24, interface: eth0 }]';
  const desired = pair(`${PRIORITY}, ${beat}`);
  const [held] = simulate(desired, [eth1]);
  assert.deepEqual(held?.holders, ['lb1', 'lb2']);
});

test('a director whose interface with the VIPs is down holds nothing, whatever it believes', () => {
  const [held] = simulate(pair(`${PRIORITY}, track_primary: false`), [eth0]);
  assert.deepEqual(held?.masters, ['lb1', 'lb2']);
  assert.deepEqual(held?.holders, ['lb2']);
});

const RETURN: readonly (readonly [preempt: string, masters: readonly string[]])[] = [
  ['true', ['lb1', 'lb2', 'lb1']],
  ['false', ['lb1', 'lb2', 'lb2']],
];

for (const [preempt, masters] of RETURN)
  test(`preempt: ${preempt} decides who is master after a repair`, () => {
    const steps = simulateSequence(pair(`${PRIORITY}, preempt: ${preempt}`), [[], [lb1], []]);
    assert.deepEqual(
      steps.map(([held]) => held?.masters.join(' ')),
      masters,
    );
  });

const GROUP = `${DIRECTORS}
track: { scripts: { chk: { command: /bin/chk, weight: -60 } } }
vrrp:
  out: { virtual_router_id: 51, vips: [203.0.113.10/24], PRIORITY_OUT, OUT }
  in: { virtual_router_id: 52, vips: [10.0.0.1/24], interface: eth1, priority: { lb1: 150, lb2: 100 } }
sync_groups:
  nat: { instances: [out, in], GROUP }
`;

function group(words: { out?: string; group?: string; priority?: string }): Desired {
  const text = GROUP.replace('PRIORITY_OUT', words.priority ?? PRIORITY)
    .replace('OUT', words.out ?? '')
    .replace('GROUP', words.group ?? '');
  return loadText(text).desired;
}

const IN_GROUP: readonly (readonly [title: string, desired: Desired, failures: readonly Failure[], masters: string])[] =
  [
    ['a fault of one instance moves the group', group({}), [eth1], 'lb2, lb2'],
    ['a weight of an instance in a group is ignored', group({ out: FOLLOW }), [chk], 'lb1, lb1'],
    [
      'with tracking_weight it lowers that instance, and the group moves as a whole or not at all',
      group({ out: FOLLOW, group: 'tracking_weight: true' }),
      [chk],
      'lb1, lb1',
    ],
    ['a weight of the group moves all of them', group({ group: FOLLOW }), [chk], 'lb2, lb2'],
    [
      'directors that prefer each other move as a whole',
      group({ priority: 'priority: { lb1: 100, lb2: 150 }' }),
      [],
      'lb2, lb2',
    ],
  ];

for (const [title, desired, failures, masters] of IN_GROUP)
  test(title, () => {
    assert.equal(
      simulate(desired, failures)
        .map((held) => held.masters.join(' '))
        .join(', '),
      masters,
    );
  });

test('a standing says what moved a priority, and why somebody else is master', () => {
  const [held] = simulate(pair(`${PRIORITY}, ${FOLLOW}`, script(-60)), [chk]);
  assert.deepEqual(held?.standings, [
    {
      director: 'lb1',
      state: 'backup',
      priority: 90,
      changes: ['track script chk -60'],
      why: 'lb2 has priority 100',
      isCutOff: false,
    },
    { director: 'lb2', state: 'master', priority: 100, changes: [], why: 'it has priority 100', isCutOff: false },
  ]);
});

test('a fault is told with its reason, and to the other instances of its group', () => {
  const why = simulate(group({}), [eth1]).flatMap(({ standings }) => standings.map((standing) => standing.why));
  assert.deepEqual(why, [
    'interface eth1 failed',
    'it has priority 100',
    'in of its sync group nat is at fault',
    'it has priority 100',
  ]);
});
