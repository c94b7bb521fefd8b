import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfKeeper } from '../../src/daemon/conf-keeper.ts';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { Reconciler, type ReconcileOptions } from '../../src/daemon/reconcile.ts';
import type { ConfOutcome } from '../../src/daemon/replace-conf.ts';
import type { ConfChange } from '../../src/model/conf-change.ts';
import type { Maintenance } from '../../src/model/maintenance.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { desired, server, service, tcp } from '../plan/build.ts';
import { memoryKernel } from './memory-kernel.ts';
import { NO_CHECKS } from './no-checks.ts';

const DONE: ConfOutcome = { result: 'done', loaded: true, isRunning: true };
const CHANGE: ConfChange = {
  director: 'lb1',
  path: '/etc/keepalived/keepalived.conf',
  action: 'update',
  before: 'old',
  after: 'new',
  isForeign: false,
  impacts: [],
  handedOver: [],
};
const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1')]);

/** A file that differs until somebody carries its change out, and that does so as it is told. */
function watching(options: Partial<ReconcileOptions> & { end?: ConfOutcome; change?: Partial<ConfChange> } = {}) {
  const { end = DONE, change = {}, ...rest } = options;
  const kernel = memoryKernel([]);
  const world = {
    state: emptyState as State,
    events: [] as LogEvent[],
    carried: 0,
    served: 0,
    snapshots: 0,
    differs: true,
    history: [] as string[],
  };
  const maintained: (Maintenance | null)[] = [];
  const say = (event: LogEvent) => void world.events.push(event);
  const keepalived: ConfKeeper = {
    look: async (_desired, { maintenance }) => {
      maintained.push(maintenance);
      return world.differs ? { ...CHANGE, ...change } : null;
    },
    refusals: async () => [],
    carryOut: async (_change, { remember, maintenance }) => {
      maintained.push(maintenance);
      await remember({ digest: 'of the new file', handedOver: [] });
      world.carried += 1;
      world.served = (await kernel.read()).services.length;
      if (end.result === 'done') world.differs = false;
      return end;
    },
    saved: async () => ({ path: CHANGE.path, text: CHANGE.before }),
  };
  const saveSnapshot = async () => {
    world.snapshots += 1;
  };
  const reconciler = new Reconciler(
    { mode: 'enforce', approve: 'all', permissions: NO_PERMISSIONS, drainSeconds: null, ...rest },
    {
      ...{ kernel, keepalived, checks: NO_CHECKS, now: () => 0, saveSnapshot },
      appliedSpec: async () => null,
      keepSpec: async () => undefined,
      trial: async () => ({ kind: 'none' }),
      record: async ({ result }) => void world.history.push(result),
      lock: async () => ({ kernel, release: async () => undefined }),
      readState: async () => world.state,
      readOverrides: async () => [],
      writeState: async (state) => {
        world.state = state;
      },
      log: { debug: () => undefined, info: say, warn: say, error: say },
    },
  );
  reconciler.take({ desired: desired([WEB]), digest: 'spec', files: [], revision: null });
  return { world, reconciler, maintained };
}

function ofKeepalived(events: readonly LogEvent[]) {
  return events.flatMap((event) => (event.event === 'keepalived' ? [event.result] : []));
}

test('a turn looks at the file, and changes it, as a director in maintenance is to have it', async () => {
  const { world, reconciler, maintained } = watching();
  const maintenance = { since: 0, author: 'ops', reason: null };
  world.state = { ...emptyState, maintenance };
  await reconciler.reconcile('start');
  assert.deepEqual(maintained, [maintenance, maintenance]);
  assert.deepEqual(world.state.maintenance, maintenance);
});

test('services are in the kernel before keepalived hears of its file', async () => {
  const { world, reconciler } = watching();
  await reconciler.reconcile('start');
  assert.deepEqual([world.carried, world.served, ofKeepalived(world.events)], [1, 1, ['done']]);
  assert.equal(world.state.pendingConf, null);
  await reconciler.reconcile('drift-timer');
  assert.equal(world.carried, 1, 'and nothing more is done');
});

test('a file that somebody changed is brought back', async () => {
  const { world, reconciler } = watching();
  await reconciler.reconcile('start');
  world.differs = true;
  await reconciler.reconcile('drift-timer');
  assert.deepEqual([world.carried, world.snapshots], [2, 2], 'each after a snapshot');
});

test('a file that keepalived does not take is said once, and not tried again', async () => {
  const { world, reconciler } = watching({ end: { result: 'rolled-back', reasons: ['it is not there'] } });
  for (const trigger of ['start', 'drift-timer', 'drift-timer'] as const) await reconciler.reconcile(trigger);
  assert.deepEqual([world.carried, ofKeepalived(world.events)], [1, ['rolled-back']]);
  assert.equal(world.history[0], 'failed');
});

test('a disruptive reload is refused without its own word, with the whole spec', async () => {
  const impacts = [{ level: 'disruptive', kind: 'vip-removed', subject: 'web', message: 'loses its VIP' }] as const;
  const { world, reconciler } = watching({ change: { impacts } });
  await reconciler.reconcile('start');
  assert.equal(world.carried, 0);
  assert.deepEqual(
    world.events.flatMap((event) => (event.event === 'refused' ? [event.guard] : [])),
    ['disruptive-reload'],
  );
});

test('who observes says that the file differs, and leaves it', async () => {
  const { world, reconciler } = watching({ mode: 'observe' });
  await reconciler.reconcile('start');
  assert.equal(world.carried, 0);
  assert.ok(world.events.some((event) => event.event === 'drift' && event.subject === 'keepalived.conf'));
});
