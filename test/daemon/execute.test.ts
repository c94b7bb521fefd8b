import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Execution, execute, type StepResult } from '../../src/daemon/execute.ts';
import { OperationError } from '../../src/errors.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { subjectOfOperation } from '../../src/plan/subject.ts';
import { live, plan, server, service, type Sketch, tcp } from '../plan/build.ts';
import { type Faults, memoryKernel, type MemoryKernel } from './memory-kernel.ts';

const A = tcp('192.0.2.1');
const B = tcp('192.0.2.2');
const NEW = tcp('192.0.2.3');

const BEFORE = [
  service(A, [server('10.0.0.1'), server('10.0.0.2')]),
  service(B, [server('10.0.0.3'), server('10.0.0.4')]),
];
/** Something in phases 1, 2, 3 and 4, in two services that stay and one that is new. */
const AFTER: Sketch[] = [
  service(A, [server('10.0.0.1'), server('10.0.0.9')], { scheduler: 'rr' }),
  service(B, [server('10.0.0.3'), server('10.0.0.9')], { scheduler: 'rr' }),
  service(NEW, [server('10.0.0.5'), server('10.0.0.6')]),
];

async function run(
  faults: Faults,
  { before = BEFORE, after = AFTER }: { before?: readonly VirtualService[]; after?: readonly Sketch[] } = {},
): Promise<Execution & { kernel: MemoryKernel; reports: StepResult[] }> {
  const kernel = memoryKernel(before, faults);
  const reports: StepResult[] = [];
  const execution = await execute(plan(before, after), {
    kernel,
    live: live(before),
    report: (result) => reports.push(result),
  });
  return { ...execution, kernel, reports };
}

/** `failed add-service tcp 192.0.2.3:80`: how each step ended. */
function ends({ results }: Execution): string[] {
  return results.map(({ step, result }) => `${result} ${step.operation.op} ${subjectOfOperation(step.operation)}`);
}

const ALL_DONE = [
  'done add-service tcp 192.0.2.3:80',
  'done add-server tcp 192.0.2.3:80 10.0.0.5:80',
  'done add-server tcp 192.0.2.3:80 10.0.0.6:80',
  'done add-server tcp 192.0.2.1:80 10.0.0.9:80',
  'done add-server tcp 192.0.2.2:80 10.0.0.9:80',
  'done edit-service tcp 192.0.2.1:80',
  'done edit-service tcp 192.0.2.2:80',
  'done edit-server tcp 192.0.2.1:80 10.0.0.2:80',
  'done edit-server tcp 192.0.2.2:80 10.0.0.4:80',
];

test('each phase is one batch, and the table is read after each', async () => {
  let reads = 0;
  const done = await run({
    read: () => {
      reads += 1;
    },
  });
  assert.deepEqual(ends(done), ALL_DONE);
  assert.equal(done.kernel.batches, 4);
  assert.equal(reads, 4);
  assert.deepEqual(done.reports, done.results);
});

test('a plan without steps touches nothing and reads nothing', async () => {
  const faults: Faults = {
    read: () => assert.fail('it read'),
    step: () => assert.fail('it wrote'),
  };
  const nothing = await run(faults, { after: BEFORE });
  assert.deepEqual(nothing.results, []);
  assert.equal(nothing.interruption, null);
});

const REFUSED = { kind: 'refused', message: 'Memory allocation problem' } as const;

/** What one step that does nothing means for the others: the steps that are not done then, and how they end. */
const ONE_STEP: readonly { op: string; subject: string; instead: readonly string[] }[] = [
  {
    op: 'add-service',
    subject: 'tcp 192.0.2.3:80',
    instead: [
      'failed add-service tcp 192.0.2.3:80',
      'skipped add-server tcp 192.0.2.3:80 10.0.0.5:80',
      'skipped add-server tcp 192.0.2.3:80 10.0.0.6:80',
    ],
  },
  {
    op: 'add-server',
    subject: 'tcp 192.0.2.3:80 10.0.0.5:80',
    instead: ['failed add-server tcp 192.0.2.3:80 10.0.0.5:80'],
  },
  {
    op: 'add-server',
    subject: 'tcp 192.0.2.1:80 10.0.0.9:80',
    instead: [
      'failed add-server tcp 192.0.2.1:80 10.0.0.9:80',
      'skipped edit-service tcp 192.0.2.1:80',
      'skipped edit-server tcp 192.0.2.1:80 10.0.0.2:80',
    ],
  },
  {
    op: 'edit-service',
    subject: 'tcp 192.0.2.2:80',
    instead: ['failed edit-service tcp 192.0.2.2:80', 'skipped edit-server tcp 192.0.2.2:80 10.0.0.4:80'],
  },
];

for (const { op, subject, instead } of ONE_STEP) {
  const isIt = (operation: Parameters<typeof subjectOfOperation>[0]) =>
    operation.op === op && subjectOfOperation(operation) === subject;

  test(`${op} ${subject} is refused: its service gets no later step, the others all of theirs`, async () => {
    const execution = await run({ operation: (operation) => (isIt(operation) ? REFUSED : undefined) });
    assert.deepEqual(
      ends(execution).filter((end) => !end.startsWith('done')),
      instead,
    );
    assert.equal(ends(execution).length, ALL_DONE.length);
    const failed = execution.results.find(({ result }) => result === 'failed');
    assert.equal(failed?.message, REFUSED.message);
    assert.equal(failed?.isRace, false);
  });

  test(`${op} ${subject} has no effect and nobody says so: it failed all the same`, async () => {
    const execution = await run({ operation: (operation) => (isIt(operation) ? 'silent' : undefined) });
    assert.deepEqual(
      ends(execution).filter((end) => !end.startsWith('done')),
      instead,
    );
    assert.match(execution.results.find(({ result }) => result === 'failed')?.message ?? '', /reported no error/);
  });
}

test('what a tool calls a failure is done when the table shows it', async () => {
  const kernel = memoryKernel(BEFORE);
  const lying = {
    ...kernel,
    run: async (operations: Parameters<typeof kernel.run>[0]) => {
      await kernel.run(operations);
      return operations.map((_operation, index) => ({ index, ...REFUSED }));
    },
  };
  const execution = await execute(plan(BEFORE, AFTER), { kernel: lying, live: live(BEFORE), report: () => undefined });
  assert.deepEqual(ends(execution), ALL_DONE);
});

test('somebody else who made or removed it first is a race, a refusal is none', async () => {
  for (const [kind, isRace] of [
    ['exists', true],
    ['missing', true],
    ['refused', false],
    ['not-run', false],
  ] as const) {
    const { results } = await run({
      operation: ({ op }) => (op === 'edit-service' ? { kind, message: 'no' } : undefined),
    });
    assert.deepEqual(
      results.filter(({ result }) => result === 'failed').map((result) => result.isRace),
      [isRace, isRace],
      kind,
    );
  }
});

test('a batch that breaks off in its middle: what is not known is said, later phases are not tried', async () => {
  const broken = new OperationError('ipvsadm was not found');
  const { results, interruption, kernel, ...rest } = await run({
    step: (operation) => {
      if (operation !== 'end' && operation.op === 'edit-service' && 'vip' in operation.service)
        if (operation.service.vip === '192.0.2.2') throw broken;
    },
  });
  assert.equal(interruption, broken);
  const words = results.map(({ step, result, message }) => [step.phase, result, message.split(',')[0]]);
  assert.deepEqual(
    words.slice(0, 5).map(([, result]) => result),
    ['done', 'done', 'done', 'done', 'done'],
  );
  assert.deepEqual(words.slice(5), [
    [3, 'skipped', 'not known whether applied'],
    [3, 'skipped', 'not known whether applied'],
    [4, 'skipped', 'not tried'],
    [4, 'skipped', 'not tried'],
  ]);
  assert.equal(kernel.table[0]?.scheduler, 'rr', 'the first edit had its effect');
  assert.equal(rest.live.services[0]?.scheduler, 'wlc', 'the table is as the last read found it');
});

test('a table that cannot be read after a phase ends the run there', async () => {
  let reads = 0;
  const { results, interruption, kernel } = await run({
    read: () => {
      reads += 1;
      if (reads === 2) throw new OperationError('no');
    },
  });
  assert.ok(interruption instanceof OperationError);
  assert.equal(kernel.batches, 2);
  assert.deepEqual(
    results.map(({ step, result }) => `${step.phase} ${result}`),
    ['1 done', '1 done', '1 done', '2 skipped', '2 skipped', '3 skipped', '3 skipped', '4 skipped', '4 skipped'],
  );
});

test('a service that cannot come to its new address is not removed from the old one', async () => {
  const moving = { name: 'service-1' };
  const before = [service(A, [server('10.0.0.1')]), BEFORE[1] as VirtualService];
  const after = [
    { ...service(NEW, [server('10.0.0.1')]), ...moving },
    { ...service(B, [server('10.0.0.3')]), name: 'service-2' },
  ];
  const { results, kernel } = await run(
    { operation: ({ op }) => (op === 'add-service' ? REFUSED : undefined) },
    { before, after },
  );
  assert.deepEqual(
    results.map(({ step, result }) => `${result} ${step.operation.op} ${step.label}`),
    [
      'failed add-service service-1',
      'skipped add-server service-1/rs-1',
      'done edit-server service-2/10.0.0.4:80',
      'skipped edit-server service-1/10.0.0.1:80',
    ],
  );
  assert.equal(kernel.table[0]?.servers[0]?.weight, 1);
});
