import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyState } from '../../src/model/state.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { owning, server, service, type Sketch, tcp } from '../plan/build.ts';
import { DRAIN, override } from '../plan/override.ts';
import { daemon, target } from './daemon.ts';

const [A, B, C] = [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')] as const;
const web = (...servers: VirtualService['servers']): Sketch => service(tcp('192.0.2.1'), servers);

test('without a spec nothing is read, nothing locked', async () => {
  const { kernel, world, reconciler } = daemon([web(A)], emptyState);
  kernel.faults.read = () => assert.fail('read');
  assert.equal(await reconciler.reconcile('start'), false);
  assert.equal(world.writes, 0);
});

test('observing, it reports each difference once, and writes neither table nor state', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]), { mode: 'observe' });
  take([web(A, B)]);
  for (let turn = 0; turn < 3; turn++) await reconciler.reconcile('drift-timer');
  assert.deepEqual(
    world.events.map(({ event }) => event),
    ['drift', 'reconcile'],
  );
  assert.deepEqual([kernel.batches, world.writes, world.locks], [0, 0, 0]);
});

test('enforcing, it makes the table so, takes a snapshot before, and gives the lock back', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  take([web(A, B)]);
  assert.equal(await reconciler.reconcile('spec-changed'), false);
  assert.deepEqual(
    kernel.table[0]?.servers.map(({ address }) => address),
    ['10.0.0.1', '10.0.0.2'],
  );
  assert.deepEqual([world.snapshots, world.locks, world.state.specDigest], [1, 0, 'one']);
});

test('a server that leaves is quiesced, waited for and removed in later turns', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A, B)], owning([web(A, B)]));
  take([web(A)]);
  kernel.active = { '10.0.0.2:80': 1 };
  assert.equal(await reconciler.reconcile('spec-changed'), true);
  world.now = 10_000;
  assert.equal(await reconciler.reconcile('drain'), true);
  kernel.active = {};
  assert.equal(await reconciler.reconcile('drain'), false);
  assert.deepEqual(
    kernel.ran.map(({ op }) => op),
    ['edit-server', 'delete-server'],
  );
  assert.deepEqual(world.history, ['1 draining', '1 done']);
});

test('a spec that a guard refuses changes nothing, and the one before is kept true, whatever was taken by hand', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A, B, C)], owning([web(A, B, C)]));
  take([web(A, B, C)], 'good');
  await reconciler.reconcile('start');
  take([web(A)], 'bad');
  kernel.table = [web(A, B)];
  await reconciler.reconcile('spec-changed');
  assert.equal(kernel.table[0]?.servers.length, 3, 'the third server was put back');
  const refused = world.events.find(({ event }) => event === 'refused');
  assert.ok(refused?.event === 'refused' && refused.guard === 'max-remove' && refused.kept_spec_sha256 === 'good');
});

test('a spec that was rolled back from is refused once, and what holds in its place is kept true, also by the next daemon', async () => {
  const state = owning([web(A)], { specDigest: 'good', attemptedSpec: 'bad', rejectedSpec: 'bad' });
  const { kernel, world, reconciler, take } = daemon([web(A)], state);
  world.applied = target([web(A)], 'good');
  take([web(A, B)], 'bad');
  for (const trigger of ['start', 'drift-timer', 'drift-timer'] as const) await reconciler.reconcile(trigger);
  assert.deepEqual(kernel.ran, []);
  assert.deepEqual(
    world.events.flatMap((event) => (event.event === 'refused' ? [[event.guard, event.kept_spec_sha256]] : [])),
    [['rejected-spec', 'good']],
  );
  kernel.table = [web(B)];
  await reconciler.reconcile('drift-timer');
  assert.ok(
    kernel.table[0]?.servers.some(({ address }) => address === '10.0.0.1'),
    'the good spec is enforced',
  );
});

test('a daemon whose spec somebody rolls back from lets go of it, and takes it up again when somebody applied it', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  take([web(A, B)], 'bad');
  await reconciler.reconcile('start');
  world.applied = target([web(A)], 'good');
  world.state = { ...world.state, specDigest: 'good', rejectedSpec: 'bad' };
  kernel.table = [web(A)];
  const before = kernel.ran.length;
  await reconciler.reconcile('drift-timer');
  assert.equal(kernel.ran.length, before);
  world.state = { ...world.state, specDigest: 'bad', rejectedSpec: null };
  await reconciler.reconcile('drift-timer');
  assert.equal(kernel.table[0]?.servers.length, 2);
});

test('where nobody knows what held before a rejected spec, nothing is changed', async () => {
  const state = owning([web(A)], { attemptedSpec: 'bad', rejectedSpec: 'bad' });
  const { kernel, reconciler, take } = daemon([web(A)], state);
  take([web(A, B)], 'bad');
  await reconciler.reconcile('start');
  assert.equal(kernel.batches, 0);
});

test('a rejected spec that is meant is applied, and rejected no longer', async () => {
  const state = owning([web(A)], { specDigest: 'good', rejectedSpec: 'bad' });
  const permissions = { ...NO_PERMISSIONS, rejected: true };
  const { kernel, world, reconciler, take } = daemon([web(A)], state, { permissions });
  take([web(A, B)], 'bad');
  await reconciler.reconcile('start');
  assert.deepEqual([kernel.table[0]?.servers.length, world.state.rejectedSpec], [2, null]);
});

test('while an apply of another spec is on trial nothing is changed, and that is said once', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  const waiting = { snapshot: 'x', author: 'alice', seconds: 120, since: { boot: 'a', seconds: 0 }, until: 120_000 };
  const keepalived = { isWanted: false, pidFile: null, reloadCommand: null };
  world.trial = { kind: 'armed', id: 1, specDigest: 'other', ...waiting, keepalived };
  take([web(A, B)], 'mine');
  for (const trigger of ['start', 'drift-timer', 'drift-timer'] as const) await reconciler.reconcile(trigger);
  assert.equal(kernel.batches, 0);
  assert.deepEqual(
    world.events.flatMap((event) => (event.event === 'refused' ? [event.guard] : [])),
    ['unconfirmed'],
  );
  world.trial = { ...world.trial, specDigest: 'mine' };
  await reconciler.reconcile('drift-timer');
  assert.equal(kernel.table[0]?.servers.length, 2, 'the spec on trial is kept true');
});

test('without a spec of its own, a daemon takes the lock where something is to be taken back, and only there', async () => {
  const { kernel, world, reconciler } = daemon([web(A)], emptyState);
  const locked: number[] = [];
  kernel.faults.read = () => void locked.push(world.locks);
  await reconciler.reconcile('drift-timer');
  await reconciler.reconcile('unconfirmed');
  assert.deepEqual([locked, kernel.batches], [[1], 0]);
});

test('what its approval does not cover is left undone and said', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A, B)], owning([web(A, B)]), { approve: 'additive' });
  take([web(A)]);
  await reconciler.reconcile('spec-changed');
  assert.equal(kernel.batches, 0);
  assert.ok(world.events.some((event) => event.event === 'refused' && event.override === '--approve safe'));
});

test('a service that the spec leaves to keepalived is not ours any more, and stays', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  take([{ ...web(A), owner: 'keepalived' }]);
  await reconciler.reconcile('spec-changed');
  assert.deepEqual(world.state.owned, []);
  take([service(tcp('192.0.2.2'), [A])], 'two');
  await reconciler.reconcile('spec-changed');
  assert.equal(kernel.table.length, 2);
});

test('what an operator drained stays so, whatever others do to it, and comes back when the time is over', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A, B, C)], owning([web(A, B, C)]));
  const weights = () => kernel.table[0]?.servers.map(({ weight }) => weight);
  take([web(A, B, C)]);
  world.overrides = [override('service-1/rs-2', DRAIN, { expiresAt: 60_000 })];
  await reconciler.reconcile('start');
  assert.deepEqual(weights(), [1, 0, 1]);
  kernel.table = [web(A, B, C)];
  await reconciler.reconcile('drift-timer');
  assert.deepEqual(weights(), [1, 0, 1]);
  world.now = 60_000;
  await reconciler.reconcile('drift-timer');
  assert.deepEqual(weights(), [1, 1, 1]);
});

test('a new spec is measured beside what hands took', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A, B)], owning([web(A, B)]));
  take([web(A, B)], 'good');
  world.overrides = [override('service-1/rs-2', DRAIN)];
  await reconciler.reconcile('start');
  take([web({ ...A, weight: 0 }, B)], 'bad');
  await reconciler.reconcile('spec-changed');
  assert.equal(kernel.table[0]?.servers[0]?.weight, 1);
  assert.ok(world.events.some((event) => event.event === 'refused' && event.guard === 'empty-service'));
});

test('a table that cannot be read is an error, and the lock is given back', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  take([web(A, B)]);
  kernel.faults.read = () => {
    throw new Error('no table');
  };
  await assert.rejects(reconciler.reconcile('drift-timer'), /no table/);
  assert.deepEqual([world.locks, kernel.batches], [0, 0]);
});
