import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertCase, run } from './running.ts';

const SPEC = `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
keepalived: { script_user: nobody }
track: { files: { load: { path: /run/load, weight: 1 } }, scripts: { chk: { command: /usr/local/bin/chk } } }
vrrp:
  web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 }, track: { files: { load: {} } } }
  calm:
    virtual_router_id: 52
    vips: [203.0.113.20/24]
    priority: { lb1: 150, lb2: 100 }
    preempt: false
    track: { scripts: { chk: {} } }
`;

const GOES = '{ fails: { director: lb1 } }';
const COMES = '{ recovers: { director: lb1 } }';

const HOLDERS: readonly (readonly [claim: string, given: string, holders: string])[] = [
  ['a director that comes back takes its VIPs back', `events: [${GOES}, ${COMES}]`, 'web: lb1'],
  ['with preempt: false it does not', `events: [${GOES}, ${COMES}]`, 'calm: lb2'],
  [
    'until the one that took them over is gone too',
    `events: [${GOES}, ${COMES}, { fails: { director: lb2 } }, { recovers: { director: lb2 } }]`,
    'calm: lb1',
  ],
  ['events go on from what has failed', `failed: [{ director: lb1 }]\nevents: [${COMES}]`, 'calm: lb2'],
  [
    'one may fail at the moment when another one comes back',
    'failed: [{ director: lb1 }]\nevents: [{ recovers: [{ director: lb1 }], fails: [{ director: lb2 }] }]',
    'calm: lb1',
  ],
  [
    'what fails on all of them may recover on one',
    'events: [{ fails: { script: chk } }, { recovers: { script: chk, director: lb2 } }]',
    'calm: lb2',
  ],
  [
    'a file that recovers has the number of good times',
    'events: [{ fails: { file: load, value: -100, director: lb1 } }, { recovers: { file: load, director: lb1 } }]',
    'web: lb1',
  ],
  [
    'a file may change from one number to another',
    'events: [{ fails: { file: load, value: -9, director: lb1 } }, { fails: { file: load, value: -90, director: lb1 } }]',
    'web: lb2',
  ],
];

for (const [claim, given, holders] of HOLDERS)
  test(claim, () => assertCase(`${given}\nexpect: { holders: { ${holders} } }`, null, { spec: SPEC }));

test('holds counts after the events too', () => {
  assertCase(`events: [${GOES}, ${COMES}]\ndirector: lb1\nexpect: { holds: [203.0.113.10] }`, null, { spec: SPEC });
});

const MISTAKES: readonly (readonly [claim: string, events: string, path: string, message: RegExp])[] = [
  ['what works cannot recover', `[${COMES}]`, 'events.0.recovers', /^It recovers, but it has not failed before$/],
  ['what has failed cannot fail', `[${GOES}, ${GOES}]`, 'events.1.fails', /^It fails, but it has failed already$/],
  ['an event is something', `[${GOES}, {}]`, 'events.1', /^Nothing happens in it: give fails or recovers$/],
  [
    'a director must be one of the spec',
    '[{ fails: [{ director: lb1 }, { director: lb3 }] }]',
    'events.0.fails.1.director.lb3',
    /^There is no director "lb3"; did you mean "lb1"\?$/,
  ],
  [
    'so must a script, and what follows is not told',
    '[{ recovers: { script: chek } }]',
    'events.0.recovers.script.chek',
    /^There is no track script "chek"; did you mean "chk"\?$/,
  ],
  [
    'an interface is one of a director',
    '[{ fails: { interface: eth0 } }]',
    'events.0.fails',
    /^An interface fails on a director/,
  ],
  [
    'a file that recovers says no number',
    '[{ fails: { file: load, value: 1 } }, { recovers: { file: load, value: 0 } }]',
    'events.1.recovers',
    /leave out value$/,
  ],
];

for (const [claim, events, path, message] of MISTAKES)
  test(`${claim}: a mistake at its place`, () => {
    const { mistakes } = run(`events: ${events}\nexpect: { holders: { web: lb1 } }`, { spec: SPEC });
    assert.deepEqual(
      mistakes.map((mistake) => mistake.path.join('.')),
      [path],
    );
    assert.match(mistakes[0]?.message ?? '', message);
  });
