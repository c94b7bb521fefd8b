import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncDaemon } from '../../src/model/table.ts';
import { restrictPlan, subjectOf, subjectOfOperation, subjectsOf, unitsOfStep } from '../../src/plan/subject.ts';
import { calls, desired, live, owning, plan, server, service, tcp } from './build.ts';

const DAEMON: SyncDaemon = {
  role: 'backup',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};
const BEFORE = [
  service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2')]),
  service(tcp('192.0.2.2'), [server('10.0.0.1')]),
];
const AFTER = [
  service(tcp('192.0.2.1'), [server('10.0.0.1', 2)], { scheduler: 'rr' }),
  service(tcp('192.0.2.2'), [server('10.0.0.1'), server('10.0.0.3')]),
];
const whole = plan(BEFORE, AFTER, {
  live: live(BEFORE, { timeouts: { tcp: 900, tcpFin: 120, udp: 300 }, syncDaemons: [] }),
  desired: desired(AFTER, { timeouts: { tcp: 800 }, syncDaemons: [DAEMON] }),
});

test('a change and its steps have the same subject', () => {
  const subjects = [
    'timeouts',
    'daemon backup',
    'tcp 192.0.2.1:80',
    'tcp 192.0.2.1:80 10.0.0.1:80',
    'tcp 192.0.2.1:80 10.0.0.2:80',
    'tcp 192.0.2.2:80 10.0.0.3:80',
  ];
  assert.deepEqual(whole.changes.map(subjectOf), subjects);
  assert.deepEqual(whole.steps.map(({ operation }) => subjectOfOperation(operation)).sort(), [...subjects].sort());
});

test('the steps of one service fail together, by its key and by its name', () => {
  assert.deepEqual(whole.steps.map(unitsOfStep), [
    ['tcp 192.0.2.1:80', 'named service-1'],
    ['tcp 192.0.2.2:80', 'named service-2'],
    ['timeouts'],
    ['daemon backup'],
    ['tcp 192.0.2.1:80', 'named service-1'],
    ['tcp 192.0.2.1:80', 'named service-1'],
  ]);
});

test('all that was approved and nothing broken is the whole plan', () => {
  assert.deepEqual(restrictPlan(whole, subjectsOf(whole), new Set()), whole);
});

test('what was not approved is left out, with its steps', () => {
  const part = restrictPlan(whole, new Set(['timeouts', 'tcp 192.0.2.1:80']), new Set());
  assert.deepEqual(part.changes.map(subjectOf), ['timeouts', 'tcp 192.0.2.1:80']);
  assert.deepEqual(calls(part), ['set-timeouts', 'edit-service tcp 192.0.2.1:80']);
});

for (const broken of ['timeouts', 'daemon backup', 'tcp 192.0.2.1:80', 'named service-1', 'named service-2'])
  test(`what is broken is left out, its changes and its steps alike: ${broken}`, () => {
    const part = restrictPlan(whole, subjectsOf(whole), new Set([broken]));
    assert.ok(part.changes.length < whole.changes.length);
    assert.deepEqual(
      part.steps.map(({ operation }) => subjectOfOperation(operation)).sort(),
      part.changes.map(subjectOf).sort(),
    );
  });

test('an approved service that is gone meanwhile is made again with all its servers', () => {
  const gone = plan(BEFORE.slice(1), AFTER, { state: owning(BEFORE) });
  assert.deepEqual(calls(restrictPlan(gone, new Set(['tcp 192.0.2.1:80']), new Set())), [
    'add-service tcp 192.0.2.1:80',
    'add-server tcp 192.0.2.1:80 10.0.0.1:80',
  ]);
});
