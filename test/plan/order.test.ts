import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncDaemon } from '../../src/model/table.ts';
import { calls, desired, live, owning, plan, server, service, type Sketch, tcp } from './build.ts';

const A = tcp('192.0.2.1');
const B = tcp('192.0.2.2');
const GOING = tcp('192.0.2.8');
const NEW = tcp('192.0.2.9');
const MASTER: SyncDaemon = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};

/** Something of every kind, in two services that stay, one that is new and one that goes. */
const BEFORE = [
  service(A, [
    server('10.0.0.1', 5),
    server('10.0.0.2', 5),
    server('10.0.0.3', 5),
    server('10.0.0.4', 5),
    server('10.0.0.5', 0),
  ]),
  service(B, [server('10.0.0.1', 0), server('10.0.0.2', 1)]),
  service(GOING, [server('10.0.0.6', 0)]),
];
const AFTER = [
  service(
    A,
    [server('10.0.0.1', 9), server('10.0.0.2', 1), server('10.0.0.3', 5, { upperThreshold: 10 }), server('10.0.0.7')],
    { scheduler: 'rr' },
  ),
  service(B, [server('10.0.0.1', 3), server('10.0.0.2', 1, { forwarding: { method: 'dr' } })]),
  service(NEW, [server('10.0.0.1'), server('10.0.0.2')]),
];
const DRAINS = [
  { service: 'tcp 192.0.2.1:80', server: '10.0.0.5:80', startedAt: 0, drainSeconds: 60, weight: 5 },
  { service: 'tcp 192.0.2.8:80', server: '10.0.0.6:80', startedAt: 0, drainSeconds: 60, weight: 5 },
];

const whole = plan(BEFORE, AFTER, {
  live: live(BEFORE, { timeouts: { tcp: 900, tcpFin: 120, udp: 300 }, syncDaemons: [MASTER] }),
  desired: desired(AFTER, { timeouts: { tcp: 800 }, syncDaemons: [{ ...MASTER, syncId: 2 }] }),
  state: owning(BEFORE, { drains: DRAINS }),
  now: 100_000,
});

test('the law of order: what comes, comes before what goes', () => {
  assert.deepEqual(
    whole.steps.map(({ phase }, index) => `${phase} ${calls(whole)[index]}`),
    [
      '1 add-service tcp 192.0.2.9:80',
      '1 add-server tcp 192.0.2.9:80 10.0.0.1:80',
      '1 add-server tcp 192.0.2.9:80 10.0.0.2:80',
      '2 edit-server tcp 192.0.2.1:80 10.0.0.1:80',
      '2 add-server tcp 192.0.2.1:80 10.0.0.7:80',
      '2 edit-server tcp 192.0.2.2:80 10.0.0.1:80',
      '3 set-timeouts',
      '3 stop-daemon',
      '3 start-daemon',
      '3 edit-service tcp 192.0.2.1:80',
      '3 edit-server tcp 192.0.2.1:80 10.0.0.3:80',
      '3 edit-server tcp 192.0.2.2:80 10.0.0.2:80',
      '4 edit-server tcp 192.0.2.1:80 10.0.0.2:80',
      '4 edit-server tcp 192.0.2.1:80 10.0.0.4:80',
      '5 delete-server tcp 192.0.2.1:80 10.0.0.5:80',
      '5 delete-server tcp 192.0.2.8:80 10.0.0.6:80',
      '6 delete-service tcp 192.0.2.8:80',
    ],
  );
});

test('a service goes only when its last server may', () => {
  const before = [service(A, [server('10.0.0.1')]), service(B, [server('10.0.0.1')])];
  assert.deepEqual(calls(plan(before, before.slice(1))), ['edit-server tcp 192.0.2.1:80 10.0.0.1:80']);
  assert.deepEqual(calls(plan(before, before.slice(1), { drainSeconds: 0 })), [
    'delete-server tcp 192.0.2.1:80 10.0.0.1:80',
    'delete-service tcp 192.0.2.1:80',
  ]);
});

test('ties go by address and port, not by their text', () => {
  const wanted = ['10.0.0.10', '10.0.0.9', '9.0.0.1'].map((address) => server(address));
  const services = [tcp('2001:db8::1'), tcp('192.0.2.10'), tcp('192.0.2.9', 8080), tcp('192.0.2.9', 443)];
  const made = plan([], [...services.map((address) => service(address, [])), service(tcp('192.0.2.1'), wanted)]);
  assert.deepEqual(
    calls(made).map((call) => call.replace(/^add-/, '')),
    [
      'service tcp 192.0.2.1:80',
      'server tcp 192.0.2.1:80 9.0.0.1:80',
      'server tcp 192.0.2.1:80 10.0.0.9:80',
      'server tcp 192.0.2.1:80 10.0.0.10:80',
      'service tcp 192.0.2.9:443',
      'service tcp 192.0.2.9:8080',
      'service tcp 192.0.2.10:80',
      'service tcp [2001:db8::1]:80',
    ],
  );
});

test('each step says where in the spec it comes from', () => {
  const origins = whole.steps.map(({ operation, origin }) => `${operation.op} ${origin?.line ?? '-'}`);
  assert.deepEqual(origins.slice(0, 4), ['add-service 30', 'add-server 31', 'add-server 32', 'edit-server 11']);
  assert.deepEqual(origins.slice(-5), [
    'edit-server 12',
    'edit-server 10',
    'delete-server 10',
    'delete-server -',
    'delete-service -',
  ]);
});

test('a weight that was written elsewhere is told with that place', () => {
  const place = { file: 'defaults.lvs.yaml', line: 3, column: 3 };
  const real = { ...server('10.0.0.1', 2), fieldOrigins: { weight: place } };
  const wanted: Sketch = service(A, [real]);
  const [step] = plan([service(A, [server('10.0.0.1', 1)])], [wanted]).steps;
  assert.deepEqual(step?.origin, place);
});
