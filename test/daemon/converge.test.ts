import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { subjectOfOperation } from '../../src/plan/subject.ts';
import { bareTable } from '../bare-table.ts';
import { desired, server, service } from '../plan/build.ts';
import { apply, type Place } from './apply.ts';
import type { Faults } from './memory-kernel.ts';
import { A, AFTER, BEFORE, find, LIVE_A, LIVE_B, place, REFUSED, residualLabels, troubles } from './two-pools.ts';

test('an apply ends with the table as wanted, nothing left to do, and each operation done once', async () => {
  const where = place();
  const outcome = await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(bareTable(where.kernel.table), bareTable(AFTER));
  assert.deepEqual(residualLabels(outcome), []);
  assert.deepEqual(
    outcome.results.map(({ step }) => step.operation),
    where.kernel.ran,
  );
  assert.equal(where.kernel.ran.length, 11);
  assert.deepEqual(outcome.state, where.state);
  assert.deepEqual(
    where.state.owned.map(({ name }) => name),
    ['service-1', 'service-2', 'service-3'],
  );
});

test('what a step is to do is on disk before it, and what it left behind is not on disk after it', async () => {
  const where = place();
  where.kernel.faults = {
    step: (operation) => {
      if (operation === 'end') return;
      if (operation.op === 'add-service') assert.ok(where.state.owned.some(({ key }) => key === 'tcp 192.0.2.3:80'));
      if (operation.op === 'edit-server') assert.equal(where.state.drains.length, 2);
    },
  };
  await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(where.state.drains, []);
});

test('one service that the kernel refuses is told of, and all the others end as wanted', async () => {
  const where = place({
    operation: (operation) =>
      subjectOfOperation(operation).startsWith('tcp 192.0.2.1:80 10.0.0.9') ? REFUSED : undefined,
  });
  const outcome = await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(troubles(outcome), [
    'failed add-server tcp 192.0.2.1:80 10.0.0.9:80',
    'skipped edit-service tcp 192.0.2.1:80',
    'skipped edit-server tcp 192.0.2.1:80 10.0.0.2:80',
  ]);
  assert.deepEqual(residualLabels(outcome), ['service-1', 'service-1/rs-2', 'service-1/10.0.0.2:80']);
  assert.deepEqual(bareTable([find(where, 'tcp 192.0.2.1:80')]), bareTable([LIVE_A]));
  assert.deepEqual(bareTable(where.kernel.table.slice(1)), bareTable(AFTER.slice(1)));
});

test('a drain of a service that fails keeps its start', async () => {
  const drain = {
    service: 'tcp 192.0.2.1:80',
    server: '10.0.0.2:80',
    startedAt: 900_000,
    drainSeconds: 300,
    weight: 1,
  };
  const before = [service(A, [server('10.0.0.1'), server('10.0.0.2', 0)]), LIVE_B];
  const isBad = (operation: Operation) => subjectOfOperation(operation) === 'tcp 192.0.2.1:80 10.0.0.9:80';
  const where = place({ operation: (operation) => (isBad(operation) ? REFUSED : undefined) }, before);
  where.state = { ...where.state, drains: [drain] };
  where.kernel.active = { '10.0.0.2:80': 1 };
  await apply(where, { desired: desired(AFTER.slice(0, 2)) });
  assert.deepEqual(where.state.drains, [drain]);
});

for (const [what, wanted] of [
  ['time-outs', { timeouts: { tcp: 1200 } }],
  [
    'a sync daemon',
    {
      syncDaemons: [
        { role: 'master', interface: 'eth0', syncId: 1, maxLength: 0, group: '224.0.0.81', port: 8848, ttl: 1 },
      ],
    },
  ],
] as const) {
  test(`${what} that the kernel does not take: told, and not waited for`, async () => {
    const where = place({
      operation: ({ op }) => (op === 'set-timeouts' || op === 'start-daemon' ? REFUSED : undefined),
    });
    const { read } = where.kernel;
    where.kernel.read = async () => ({
      ...(await read()),
      timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
      syncDaemons: [],
    });
    const outcome = await apply(where, {
      desired: desired(BEFORE, wanted),
      pause: async () => assert.fail('it waited'),
    });
    assert.equal(troubles(outcome).length, 1);
    assert.equal(outcome.residual.length, 1);
  });
}

/** What breaks off is told with all that was done until then. */
const BREAKS: readonly {
  title: string;
  faults: (where: Place) => { faults?: Faults; writeState?: () => Promise<void> };
  done: number;
}[] = [
  {
    title: 'the state cannot be written before the first step',
    faults: () => ({
      writeState: async () => {
        throw new OperationError('no');
      },
    }),
    done: 0,
  },
  {
    title: 'the state cannot be written after the steps',
    faults: ({ kernel }) => ({
      writeState: async () => {
        if (kernel.batches > 0) throw new OperationError('no');
      },
    }),
    done: 9,
  },
  {
    title: 'ipvsadm cannot be run at all',
    faults: () => ({
      faults: {
        step: () => {
          throw new OperationError('no');
        },
      },
    }),
    done: 0,
  },
  {
    title: 'the table cannot be read while servers drain',
    faults: (where) => ({
      faults: {
        read: () => {
          if (where.now > 1_000_000) throw new OperationError('no');
        },
      },
    }),
    done: 9,
  },
];

for (const { title, faults, done } of BREAKS) {
  test(`${title}: the apply ends, says what it did, and the next one goes on from there`, async () => {
    const where = place();
    const { faults: kernelFaults = {}, writeState } = faults(where);
    where.kernel.faults = kernelFaults;
    const outcome = await apply(where, { desired: desired(AFTER), ...(writeState ? { writeState } : {}) });
    assert.ok(outcome.interruption instanceof OperationError);
    assert.equal(outcome.results.filter(({ result }) => result === 'done').length, done);
    assert.ok(outcome.residual.length > 0);
    where.kernel.faults = {};
    await apply(where, { desired: desired(AFTER) });
    assert.deepEqual(bareTable(where.kernel.table), bareTable(AFTER));
    assert.deepEqual(where.state.drains, []);
  });
}

test('nobody waits for drains: the apply ends with them still to do, and the next one removes what has drained', async () => {
  const where = place();
  const outcome = await apply(where, { desired: desired(AFTER), pause: async () => null });
  assert.deepEqual(residualLabels(outcome), ['service-1/10.0.0.2:80', 'service-2/10.0.0.4:80']);
  assert.deepEqual(
    outcome.residual.map(({ manner }) => manner),
    ['wait', 'wait'],
  );
  where.now += 3000;
  await apply(where, { desired: desired(AFTER), pause: async () => assert.fail('nothing drains any more') });
  assert.deepEqual(bareTable(where.kernel.table), bareTable(AFTER));
});
