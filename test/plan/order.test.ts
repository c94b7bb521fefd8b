import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls, owning, plan, server, service, tcp } from './build.ts';

test('a plan of everything runs in the six phases, and by key within one', () => {
  const before = [
    service(tcp('192.0.2.1'), [
      server('10.0.0.1', 5),
      server('10.0.0.2', 1),
      server('10.0.0.3', 0),
      server('10.0.0.4', 1),
    ]),
    service(tcp('192.0.2.2'), [server('10.0.0.1', 0)]),
    service(tcp('192.0.2.3'), [server('10.0.0.1'), server('10.0.0.2')], { scheduler: 'rr' }),
  ];
  const after = [
    service(tcp('192.0.2.1'), [server('10.0.0.1', 2), server('10.0.0.2', 9), server('10.0.0.5')]),
    service(tcp('192.0.2.3'), [server('10.0.0.1'), server('10.0.0.2', 1, { upperThreshold: 5 })], { scheduler: 'wrr' }),
    service(tcp('192.0.2.4'), [server('10.0.0.2'), server('10.0.0.1')]),
  ];
  const drains = ['tcp 192.0.2.1:80 10.0.0.3:80', 'tcp 192.0.2.2:80 10.0.0.1:80'].map((text) => {
    const at = text.lastIndexOf(' ');
    return { service: text.slice(0, at), server: text.slice(at + 1), startedAt: 0, drainSeconds: 300, weight: 1 };
  });
  const ordered = plan(before, after, { state: owning(before, { drains }), now: 10_000 });
  assert.deepEqual(
    calls(ordered).map((call, index) => `${ordered.steps[index]?.phase} ${call}`),
    [
      '1 add-service tcp 192.0.2.4:80',
      '1 add-server tcp 192.0.2.4:80 10.0.0.1:80',
      '1 add-server tcp 192.0.2.4:80 10.0.0.2:80',
      '2 edit-server tcp 192.0.2.1:80 10.0.0.2:80',
      '2 add-server tcp 192.0.2.1:80 10.0.0.5:80',
      '3 edit-service tcp 192.0.2.3:80',
      '3 edit-server tcp 192.0.2.3:80 10.0.0.2:80',
      '4 edit-server tcp 192.0.2.1:80 10.0.0.1:80',
      '4 edit-server tcp 192.0.2.1:80 10.0.0.4:80',
      '5 delete-server tcp 192.0.2.1:80 10.0.0.3:80',
      '5 delete-server tcp 192.0.2.2:80 10.0.0.1:80',
      '6 delete-service tcp 192.0.2.2:80',
    ],
  );
});

test('a service goes only when its last server may', () => {
  const before = [service(tcp('192.0.2.1'), [server('10.0.0.1')]), service(tcp('192.0.2.2'), [server('10.0.0.1')])];
  assert.deepEqual(calls(plan(before, before.slice(1))), ['edit-server tcp 192.0.2.1:80 10.0.0.1:80']);
  assert.deepEqual(calls(plan(before, before.slice(1), { drainSeconds: 0 })), [
    'delete-server tcp 192.0.2.1:80 10.0.0.1:80',
    'delete-service tcp 192.0.2.1:80',
  ]);
});
