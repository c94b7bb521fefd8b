import assert from 'node:assert/strict';
import type { ConfKeeper } from '../../src/daemon/conf-keeper.ts';
import type { HealthChecks } from '../../src/daemon/health-checks.ts';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { Reconciler, type ReconcileOptions } from '../../src/daemon/reconcile.ts';
import type { Target } from '../../src/daemon/target.ts';
import type { Override } from '../../src/model/override.ts';
import type { State } from '../../src/model/state.ts';
import type { Trial } from '../../src/model/trial.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { NO_PERMISSIONS } from '../../src/plan/guard.ts';
import { desired, type Sketch } from '../plan/build.ts';
import { memoryKernel } from './memory-kernel.ts';
import { NO_CHECKS } from './no-checks.ts';

const NO_KEEPALIVED_HERE: ConfKeeper = {
  look: async () => undefined,
  refusals: async () => [],
  carryOut: async () => assert.fail('there is no keepalived here'),
  saved: async () => assert.fail('there is no keepalived here'),
};

/** A daemon over a table in memory, with a clock that is turned by hand. */
export function daemon(
  table: readonly VirtualService[],
  state: State,
  {
    keepalived = NO_KEEPALIVED_HERE,
    checks = NO_CHECKS,
    ...options
  }: Partial<ReconcileOptions> & { keepalived?: ConfKeeper; checks?: HealthChecks } = {},
) {
  const kernel = memoryKernel(table);
  const world = {
    state,
    writes: 0,
    snapshots: 0,
    locks: 0,
    now: 0,
    overrides: [] as Override[],
    events: [] as LogEvent[],
    applied: null as Target | null,
    trial: { kind: 'none' } as Trial,
    history: [] as string[],
  };
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
      readOverrides: async () => world.overrides,
      writeState: async (next) => {
        world.state = next;
        world.writes += 1;
      },
      saveSnapshot: async () => {
        world.snapshots += 1;
      },
      appliedSpec: async () => world.applied,
      keepSpec: async () => undefined,
      trial: async () => world.trial,
      record: async ({ outcome, result }) => {
        if (outcome.results.length > 0) world.history.push(`${outcome.results.length} ${result}`);
      },
      now: () => world.now,
      keepalived,
      checks,
      log: { debug: () => undefined, info: say, warn: say, error: say },
    },
  );
  const take = (services: readonly Sketch[], digest = 'one') => reconciler.take(target(services, digest));
  return { kernel, world, reconciler, take };
}

export function target(services: readonly Sketch[], digest: string): Target {
  return { desired: desired(services), digest, files: [], revision: null };
}
