import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { Reconciler, type ReconcileOptions } from '../../src/daemon/reconcile.ts';
import type { Target } from '../../src/daemon/target.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { desired, owning, server, service, type Sketch, tcp } from '../plan/build.ts';
import { memoryKernel } from './memory-kernel.ts';

const [A, B, C] = [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')] as const;
const web = (...servers: VirtualService['servers']): Sketch => service(tcp('192.0.2.1'), servers);

/** A daemon over a table in memory, with a clock that is turned by hand. */
function daemon(table: readonly VirtualService[], state: State, options: Partial<ReconcileOptions> = {}) {
  const kernel = memoryKernel(table);
  const world = { state, writes: 0, snapshots: 0, locks: 0, now: 0, events: [] as LogEvent[] };
  const say = (event: LogEvent) => void world.events.push(event);
  const reconciler = new Reconciler(
    { mode: 'enforce', approve: 'all', permissions: NO_PERMISSIONS, drainSeconds: null, ...options },
    {
      kernel,
      lock: async () => {
        world.locks += 1;
        const release = async () => {
          world.locks -= 1;
        };
        return { kernel, release };
      },
      readState: async () => world.state,
      writeState: async (next) => {
        world.state = next;
        world.writes += 1;
      },
      saveSnapshot: async () => {
        world.snapshots += 1;
      },
      now: () => world.now,
      log: { debug: () => undefined, info: say, warn: say, error: say },
    },
  );
  const take = (services: readonly Sketch[], digest = 'one') => reconciler.take(target(services, digest));
  return { kernel, world, reconciler, take };
}

function target(services: readonly Sketch[], digest: string): Target {
  return { desired: desired(services), digest, time: null, unchecked: [] };
}

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

test('a table that cannot be read is an error, and the lock is given back', async () => {
  const { kernel, world, reconciler, take } = daemon([web(A)], owning([web(A)]));
  take([web(A, B)]);
  kernel.faults.read = () => {
    throw new Error('no table');
  };
  await assert.rejects(reconciler.reconcile('drift-timer'), /no table/);
  assert.deepEqual([world.locks, kernel.batches], [0, 0]);
});
