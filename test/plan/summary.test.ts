import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plan, server, service, tcp } from './build.ts';

const STAYS = service(tcp('192.0.2.1'), [server('10.0.0.1')]);

test('a summary counts services and servers of each kind, and what of the spec stays as it is', () => {
  const before = [
    STAYS,
    service(tcp('192.0.2.2'), [server('10.0.0.1'), server('10.0.0.2')]),
    service(tcp('192.0.2.3'), [server('10.0.0.1')]),
    service(tcp('192.0.2.4'), [server('10.0.0.1'), server('10.0.0.2')]),
  ];
  const after = [
    STAYS,
    service(tcp('192.0.2.2'), [server('10.0.0.1', 2), server('10.0.0.3')]),
    service(tcp('192.0.2.3'), [server('10.0.0.1')], { scheduler: 'rr' }),
    service(tcp('192.0.2.5'), [server('10.0.0.1')]),
  ];
  assert.deepEqual(plan(before, after).summary, {
    services: { create: 1, update: 1, delete: 1 },
    servers: { create: 2, update: 1, delete: 3 },
    unchangedServices: 1,
  });
});

test('a foreign service, and one of keepalived, is not counted among the unchanged', () => {
  const theirs = { ...service(tcp('192.0.2.7'), []), owner: 'keepalived' as const };
  const { summary } = plan([STAYS, service(tcp('192.0.2.7'), []), service(tcp('192.0.2.8'), [])], [STAYS, theirs]);
  assert.equal(summary.unchangedServices, 1);
});
