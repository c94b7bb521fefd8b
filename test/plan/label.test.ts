import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnedService } from '../../src/model/state.ts';
import { owning, plan, server, service, tcp } from './build.ts';

const WEB = tcp('192.0.2.1');
const BEFORE = [service(WEB, [server('10.0.0.1'), server('10.0.0.2')])];
const REMEMBERED: OwnedService = { key: 'tcp 192.0.2.1:80', name: 'old', servers: { '10.0.0.2:80': 'old-2' } };

function labels(after: Parameters<typeof plan>[1], owned: readonly OwnedService[]): string[] {
  const { changes } = plan(BEFORE, after, {
    state: { ...owning([]), owned },
    permissions: { prune: ['tcp 192.0.2.1:80'], adopt: 'all' },
  });
  return changes.map(({ label }) => label);
}

test('a service and its servers go by the names of the spec', () => {
  const after = [
    { ...service(WEB, []), name: 'web', servers: [{ ...server('10.0.0.1', 2), name: 'web-1' }, server('10.0.0.2')] },
  ];
  assert.deepEqual(labels(after, [REMEMBERED]), ['web/web-1']);
});

test('a server that leaves goes by the name it had, and by its address where nobody named it', () => {
  const after = [{ ...service(WEB, [server('10.0.0.3')]), name: 'web' }];
  assert.deepEqual(labels(after, [REMEMBERED]), ['web/rs-1', 'web/10.0.0.1:80', 'web/old-2']);
});

test('a service that leaves goes by the name it had, and by its key where nobody named it', () => {
  assert.deepEqual(labels([], [REMEMBERED]), ['old', 'old/10.0.0.1:80', 'old/old-2']);
  assert.deepEqual(labels([], []), [
    'tcp 192.0.2.1:80',
    'tcp 192.0.2.1:80/10.0.0.1:80',
    'tcp 192.0.2.1:80/10.0.0.2:80',
  ]);
});
