import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handOvers } from '../../src/keepalived/hand-over.ts';
import { desiredHere } from '../../src/keepalived/maintenance.ts';
import { expectationFor } from '../../src/keepalived/verify.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Director } from '../../src/model/director.ts';
import type { Maintenance } from '../../src/model/maintenance.ts';
import { desiredOf } from './rendered.ts';

const MAINTENANCE: Maintenance = { since: 0, author: 'ops', reason: null };

/** Directors lb1 and lb2, with these instances and more. */
function pair(vrrp: string, rest = ''): { desired: Desired; lb1: Director; lb2: Director } {
  const desired = desiredOf(`version: 1
directors: { lb1: { address: 192.0.2.11, interface: eth0 }, lb2: { address: 192.0.2.12, interface: eth0 } }
vrrp:
${vrrp}${rest}`);
  const [lb1, lb2] = desired.directors;
  assert.ok(lb1 && lb2);
  return { desired, lb1, lb2 };
}

function instance(name: string, more: string): string {
  const id = 50 + name.length;
  return `  ${name}: { virtual_router_id: ${id}, vips: [203.0.113.${id}/24], ${more} }\n`;
}

const BOTH = 'priority: { lb1: 150, lb2: 100 }';

/** The instances that a director has in its file, with their priorities. */
function prioritiesOf(desired: Desired, director: Director): Record<string, number> {
  const here = desiredHere(desired, director, MAINTENANCE);
  return Object.fromEntries(expectationFor(here, director).instances.map(({ name, priority }) => [name, priority]));
}

test('without a maintenance a spec means what it says', () => {
  const { desired, lb1 } = pair(instance('web', BOTH));
  assert.equal(desiredHere(desired, lb1, null), desired);
});

const WAYS: readonly (readonly [claim: string, vrrp: string, rest: string, wanted: Record<string, number>])[] = [
  ['an instance that preempts has the lowest priority', instance('web', BOTH), '', { web: 1 }],
  ['one that does not leaves the file', instance('web', `${BOTH}, preempt: false`), '', {}],
  ['the owner of the address does too', instance('web', 'priority: { lb1: 255, lb2: 100 }'), '', {}],
  [
    'one whose peer has the lowest priority already does too',
    instance('web', 'priority: { lb1: 150, lb2: 1 }'),
    '',
    {},
  ],
  [
    'each instance goes its own way',
    instance('web', BOTH) + instance('mail', `${BOTH}, preempt: false`),
    '',
    { web: 1 },
  ],
  [
    'instances of one sync group go the same way',
    instance('web', BOTH) + instance('mail', `${BOTH}, preempt: false`),
    'sync_groups: { all: { instances: [web, mail] } }\n',
    {},
  ],
];

for (const [claim, vrrp, rest, wanted] of WAYS)
  test(`in maintenance, ${claim}`, () => {
    const { desired, lb1 } = pair(vrrp, rest);
    assert.deepEqual(prioritiesOf(desired, lb1), wanted);
  });

test('of another director nothing changes', () => {
  const { desired, lb1, lb2 } = pair(instance('web', BOTH) + instance('mail', `${BOTH}, preempt: false`));
  const here = desiredHere(desired, lb1, MAINTENANCE);
  assert.deepEqual(expectationFor(here, lb2), expectationFor(desired, lb2));
});

test('nothing that is followed moves the lowest priority, and what puts an instance into fault is still followed', () => {
  const { desired, lb1 } = pair(
    instance(
      'web',
      `${BOTH}, track: { scripts: { fatal: {}, heavy: { weight: 20 }, weighed: {} }, interfaces: { eth1: {} } }`,
    ),
    `track:
  scripts:
    fatal: { command: /bin/true }
    heavy: { command: /bin/true }
    weighed: { command: /bin/true, weight: -20 }
`,
  );
  const [web] = desiredHere(desired, lb1, MAINTENANCE).keepalived.instances;
  assert.deepEqual(
    [web?.tracking.scripts, web?.tracking.interfaces].map((uses) => uses?.map(({ name }) => name)),
    [['fatal'], ['eth1']],
  );
});

test('a hand-over names who may take over, and whether the VIPs come back', () => {
  const { desired, lb1, lb2 } = pair(instance('web', `${BOTH}, preempt_delay: 60s`));
  const of = (director: Director) =>
    handOvers(desired, director).map(({ peers, returns, preemptDelaySeconds }) => [
      peers,
      returns,
      preemptDelaySeconds,
    ]);
  assert.deepEqual(of(lb1), [[[{ name: 'lb2', address: '192.0.2.12' }], true, 60]]);
  assert.deepEqual(of(lb2), [[[{ name: 'lb1', address: '192.0.2.11' }], false, 60]]);
});

test('what does not preempt does not come back by itself', () => {
  const { desired, lb1 } = pair(instance('web', `${BOTH}, preempt: false`));
  assert.deepEqual(
    handOvers(desired, lb1).map(({ withdrawal, returns }) => [withdrawal, returns]),
    [['leave', false]],
  );
});
