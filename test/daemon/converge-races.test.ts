import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceKey, sortServices, type VirtualService } from '../../src/model/table.ts';
import { bareTable } from '../bare-table.ts';
import { desired, server, service } from '../plan/build.ts';
import { runOperation } from '../plan/table-machine.ts';
import { apply } from './apply.ts';
import {
  A,
  AFTER,
  B,
  BEFORE,
  find,
  LIVE_A,
  LIVE_B,
  NEW,
  place,
  REFUSED,
  residualLabels,
  troubles,
  without,
} from './two-pools.ts';

/** Somebody else does the same at the same time: what is there before our batch comes. */
const RIVALS: readonly { title: string; op: string; rival: (table: readonly VirtualService[]) => VirtualService[] }[] =
  [
    {
      title: 'made our new service, in another way',
      op: 'add-service',
      rival: (table) => sortServices([...table, service(NEW, [], { scheduler: 'sh' })]),
    },
    {
      title: 'added our new server, with another weight',
      op: 'add-server',
      rival: (table) =>
        table.map((one) =>
          serviceKey(one.address) === 'tcp 192.0.2.3:80'
            ? one
            : { ...one, servers: [...one.servers, server('10.0.0.9', 50)] },
        ),
    },
    {
      title: 'removed a service that we edit',
      op: 'edit-service',
      rival: (table) => without(table, 'tcp 192.0.2.1:80'),
    },
    {
      title: 'removed the server that we drain',
      op: 'edit-server',
      rival: (table) =>
        table.map((one) => ({ ...one, servers: one.servers.filter(({ address }) => address !== '10.0.0.2') })),
    },
  ];

for (const { title, op, rival } of RIVALS) {
  test(`somebody ${title}: the apply reads again, plans again and ends as wanted`, async () => {
    const where = place();
    let isDone = false;
    where.kernel.faults = {
      step: (operation) => {
        if (isDone || operation === 'end' || operation.op !== op) return;
        isDone = true;
        where.kernel.table = rival(where.kernel.table);
      },
    };
    const outcome = await apply(where, { desired: desired(AFTER) });
    assert.ok(isDone);
    assert.deepEqual(troubles(outcome), []);
    assert.deepEqual(residualLabels(outcome), []);
    assert.deepEqual(bareTable(where.kernel.table), bareTable(AFTER));
  });
}

test('a race in one service is tried again although another service is refused for good', async () => {
  let races = 0;
  const where = place({
    operation: (operation) => {
      if (operation.op !== 'edit-service' || operation.service.kind === 'fwmark') return undefined;
      if (operation.service.vip === '192.0.2.2') return REFUSED;
      races += 1;
      return races === 1 ? { kind: 'missing', message: 'No such service' } : undefined;
    },
  });
  const outcome = await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(troubles(outcome), [
    'failed edit-service tcp 192.0.2.2:80',
    'skipped edit-server tcp 192.0.2.2:80 10.0.0.4:80',
  ]);
  assert.equal(find(where, 'tcp 192.0.2.1:80').scheduler, 'rr');
  assert.deepEqual(residualLabels(outcome), ['service-2', 'service-2/10.0.0.4:80']);
});

for (const fault of ['silent', { kind: 'exists', message: 'Service already exists' }] as const) {
  test(`a step that ${fault === 'silent' ? 'never shows an effect' : 'always comes too late'} is tried four times, and then told`, async () => {
    let tries = 0;
    const where = place({
      operation: ({ op }) => {
        if (op !== 'add-service') return undefined;
        tries += 1;
        return fault;
      },
    });
    const outcome = await apply(where, { desired: desired(AFTER) });
    assert.equal(tries, 4);
    assert.equal(troubles(outcome)[0], 'failed add-service tcp 192.0.2.3:80');
    assert.deepEqual(bareTable(where.kernel.table), bareTable(AFTER.slice(0, 2)));
    assert.ok(residualLabels(outcome).includes('service-3'));
  });
}

test('somebody who undoes each of our steps does not keep us here for ever', async () => {
  const where = place({ rival: () => BEFORE });
  const outcome = await apply(where, { desired: desired(AFTER) });
  assert.deepEqual(where.kernel.table, BEFORE);
  assert.ok(residualLabels(outcome).length > 0);
  assert.ok(where.kernel.batches < 40, `${where.kernel.batches} batches`);
});

test('somebody who raises a draining server again and again does not keep us here for ever', async () => {
  const where = place();
  where.kernel.active = { '10.0.0.2:80': 1 };
  const outcome = await apply(where, {
    desired: desired([service(A, [server('10.0.0.1')]), LIVE_B]),
    pause: async () => {
      where.now += 1000;
      where.kernel.table = BEFORE;
      return where.state;
    },
  });
  assert.deepEqual(residualLabels(outcome), ['service-1/10.0.0.2:80']);
});

test('what came up while servers drain is not part of what was approved', async () => {
  const where = place();
  const outcome = await apply(where, {
    desired: desired([service(A, [server('10.0.0.1')]), LIVE_B]),
    pause: async () => {
      where.kernel.table = runOperation(where.kernel.table, {
        op: 'delete-server',
        service: B,
        server: server('10.0.0.3'),
      });
      where.now += 5000;
      return where.state;
    },
  });
  assert.deepEqual(residualLabels(outcome), []);
  assert.equal(find(where, 'tcp 192.0.2.1:80').servers.length, 1);
  assert.equal(find(where, 'tcp 192.0.2.2:80').servers.length, 1, 'the drift is left to the next plan');
  assert.deepEqual(
    outcome.arisen.map(({ label }) => label),
    ['service-2/rs-1'],
  );
});

test('an edited service that somebody deletes meanwhile comes back with all of its servers', async () => {
  const where = place();
  let isOver = false;
  where.kernel.faults.rival = (table) => {
    if (isOver) return table;
    isOver = true;
    return without(table, 'tcp 192.0.2.1:80');
  };
  const after = [service(A, LIVE_A.servers, { scheduler: 'rr' }), LIVE_B];
  const outcome = await apply(where, { desired: desired(after) });
  assert.deepEqual(residualLabels(outcome), []);
  assert.deepEqual(bareTable(where.kernel.table), bareTable(after));
});
