import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXIT, OperationError } from '../../src/errors.ts';
import { desired, live, server, service, tcp } from '../plan/build.ts';
import { DISABLE } from '../plan/override.ts';
import { desk, order, weights } from './hand-desk.ts';

const WEB = { ...service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')]), pool: 'web' };
const API = service(tcp('192.0.2.2'), [server('10.0.0.1', 4), server('10.0.0.4', 4)]);
const THEIRS = { ...service(tcp('192.0.2.3'), [server('10.0.0.1'), server('10.0.0.9')]), owner: 'keepalived' as const };
const SPEC = desired([WEB, API, THEIRS]);

test('a decision is on disk before the kernel has it', async () => {
  const place = desk(SPEC);
  place.kernel.faults.step = () => assert.equal(place.overrides.list.length, 1);
  const outcome = await place.hands.set(order('service-1/rs-2', { ttlSeconds: 60 }));
  assert.ok(outcome.kind === 'set' && outcome.isNew && outcome.replaced === null);
  assert.equal(weights(place), '1 0 1 | 4 4 | 1 1');
  assert.deepEqual(place.overrides, { issued: 1, list: [outcome.override] });
  assert.equal(outcome.override.expiresAt, 1_060_000);
  assert.deepEqual(
    outcome.servers.map(({ label, before, weight }) => [label, before, weight]),
    [['service-1/rs-2', 1, 0]],
  );
  assert.deepEqual(outcome.left, [{ service: 'service-1', servers: 2, of: 3, share: 2 / 3 }]);
  assert.equal(place.locks, 0);
});

test('it changes nothing else, whatever the spec wants beside it, and loses no drain of others', async () => {
  const place = desk(SPEC);
  const [first] = place.kernel.table;
  const leaving = { service: 'tcp 192.0.2.1:80', server: '10.0.0.77:80', startedAt: 1, drainSeconds: 300, weight: 1 };
  place.kernel.table = place.kernel.table.with(0, {
    ...service(tcp('192.0.2.1'), [...(first?.servers ?? []), server('10.0.0.77', 0)], { scheduler: 'rr' }),
  });
  place.state = { ...place.state, drains: [leaving] };
  place.desired = desired([
    { ...service(tcp('192.0.2.1'), [server('10.0.0.1', 9), server('10.0.0.2', 9, { upperThreshold: 5 })]) },
    service(tcp('192.0.2.9'), [server('10.0.0.1')]),
  ]);
  await place.hands.set(order('service-1/rs-2'));
  assert.deepEqual(
    place.kernel.ran.map((operation) => ('server' in operation ? operation : operation.op)),
    [{ op: 'edit-server', service: tcp('192.0.2.1'), server: server('10.0.0.2', 0) }],
  );
  assert.deepEqual(place.state.drains, [leaving]);
});

test('the same again changes nothing, and is told as it was', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2'));
  const [stood] = place.overrides.list;
  place.now += 5000;
  const outcome = await place.hands.set(order('service-1/rs-2', { reason: null, author: 'bob' }));
  assert.ok(outcome.kind === 'set' && !outcome.isNew);
  assert.equal(outcome.override, stood);
  assert.deepEqual(place.overrides, { issued: 1, list: [stood] });
});

test('what somebody raised past lvsctl is quiesced again when it is said again', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2'));
  place.kernel.table = live(SPEC.services).services;
  await place.hands.set(order('service-1/rs-2'));
  assert.equal(weights(place), '1 0 1 | 4 4 | 1 1');
});

test('another decision about the same takes the place of the first, and no id comes twice', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2'));
  const again = await place.hands.set(order('service-1/rs-2', { action: { kind: 'weight', weight: 7 } }));
  assert.ok(again.kind === 'set' && again.replaced?.id === 'o1' && again.override.id === 'o2');
  assert.deepEqual(await place.hands.list(), [again.override]);
  assert.equal(weights(place), '1 7 1 | 4 4 | 1 1');
});

test('a host is drained in every service that lvsctl writes, and the others are told', async () => {
  const place = desk(SPEC);
  const outcome = await place.hands.set(order('address:10.0.0.1'));
  assert.ok(outcome.kind === 'set');
  assert.equal(weights(place), '0 1 1 | 0 4 | 1 1');
  assert.deepEqual(outcome.theirs, ['service-3']);
});

test('one that is disabled drains first, and following it removes it when it may go', async () => {
  const place = desk(SPEC);
  place.kernel.active = { '10.0.0.2:80': 3 };
  const outcome = await place.hands.set(order('service-1/rs-2', { action: DISABLE }));
  assert.ok(outcome.kind === 'set');
  assert.equal(weights(place), '1 0 1 | 4 4 | 1 1');
  place.now += 10_000;
  assert.equal((await place.hands.follow('o1'))?.servers[0]?.open, 3);
  place.kernel.active = {};
  assert.equal((await place.hands.follow('o1'))?.servers[0]?.weight, null);
  assert.equal(weights(place), '1 1 | 4 4 | 1 1');
  assert.deepEqual(place.state.drains, []);
});

test('with a drain of 0 one that is disabled goes at once', async () => {
  const place = desk(SPEC);
  place.kernel.active = { '10.0.0.2:80': 3 };
  await place.hands.set(order('service-1/rs-2', { action: DISABLE, drainSeconds: 0 }));
  assert.equal(weights(place), '1 1 | 4 4 | 1 1');
});

test('a weaker decision beside a stronger one is stored, and who has the say is told', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('address:10.0.0.2'));
  const outcome = await place.hands.set(order('service-1/rs-2', { action: { kind: 'weight', weight: 7 } }));
  assert.ok(outcome.kind === 'set');
  assert.deepEqual(
    outcome.ruledBy.map(({ id }) => id),
    ['o1'],
  );
  assert.equal(weights(place), '1 0 1 | 4 4 | 1 1');
});

test('what the kernel refuses is told, and the decision stands', async () => {
  const place = desk(SPEC);
  place.kernel.faults.operation = () => ({ kind: 'refused', message: 'No buffer space available' });
  const outcome = await place.hands.set(order('service-1/rs-2'));
  assert.ok(outcome.kind === 'set');
  assert.match(outcome.problems.join(), /quiesce service-1\/rs-2 .* No buffer space available/);
  assert.equal(place.overrides.list.length, 1);
});

test('a server that is in the spec and not in the table is not brought there by a decision', async () => {
  const place = desk(SPEC, [{ ...WEB, servers: WEB.servers.slice(0, 2) }, API]);
  const outcome = await place.hands.set(order('service-1/rs-3'));
  assert.ok(outcome.kind === 'set' && outcome.servers[0]?.weight === null);
  assert.equal(place.kernel.batches, 0);
  assert.equal(place.overrides.list.length, 1);
});

const GUARDED: readonly (readonly [target: string, guard: string, message: RegExp, override: RegExp])[] = [
  ['pool:web', 'empty-service', /would have weight 0 on all of its 3 real servers/, /^--allow-empty$/],
  [
    'pool:web',
    'max-remove',
    /would lose 3 of 3 real servers \(100 % of its weight\), limit 30 %/,
    /^--max-remove 100%$/,
  ],
];

for (const [target, guard, message, override] of GUARDED)
  test(`to drain ${target} is refused by the guard ${guard}, nothing is stored, and it says what to type`, async () => {
    const place = desk(SPEC);
    const outcome = await place.hands.set(order(target));
    assert.ok(outcome.kind === 'refused');
    const hazard = outcome.hazards.find((one) => one.guard === guard);
    assert.match(hazard?.message ?? '', message);
    assert.match(hazard?.override ?? '', override);
    assert.deepEqual([place.kernel.batches, place.overrides.list.length, place.locks], [0, 0, 0]);
    const meant = order(target, { permissions: { maxRemove: 1, empty: true } });
    assert.equal((await place.hands.set(meant)).kind, 'set');
    assert.equal(weights(place), '0 0 0 | 4 4 | 1 1');
  });

test('the last server that takes connections is not drained, and the ones before it were', async () => {
  const place = desk(SPEC);
  for (const name of ['rs-1', 'rs-2']) assert.equal((await place.hands.set(order(`service-1/${name}`))).kind, 'set');
  const outcome = await place.hands.set(order('service-1/rs-3'));
  assert.ok(outcome.kind === 'refused' && outcome.hazards[0]?.guard === 'empty-service');
});

const WRONG: readonly (readonly [target: string, message: RegExp, hint: RegExp, exitCode: number])[] = [
  [
    'servise-1/rs-1',
    /no service "servise-1"; did you mean "service-1"\?/,
    /There is: service-1, service-2/,
    EXIT.failed,
  ],
  ['service-1/rs-9', /no real server of service-1 "rs-9"; did you mean/, /There is: rs-1, rs-2, rs-3/, EXIT.failed],
  ['pool:wep', /no pool "wep"; did you mean "web"\?/, /There is: web/, EXIT.failed],
  ['address:10.0.0.88', /address "10.0.0.88"/, /There is: 10.0.0.1, 10.0.0.2/, EXIT.failed],
  ['service-3/rs-1', /service-3 belongs to keepalived/, /owner: lvsctl/, EXIT.refused],
  ['address:10.0.0.9', /service-3 belongs to keepalived/, /owner: lvsctl/, EXIT.refused],
];

for (const [target, message, hint, exitCode] of WRONG)
  test(`${target} is refused with the way out`, async () => {
    const place = desk(SPEC);
    await assert.rejects(place.hands.set(order(target)), (error: unknown) => {
      assert.ok(error instanceof OperationError);
      assert.match(error.message, message);
      assert.match(error.hints.join(), hint);
      assert.equal(error.exitCode, exitCode);
      return true;
    });
    assert.equal(place.overrides.list.length, 0);
  });

test('more than one real server needs a reason', async () => {
  const place = desk(SPEC);
  const wanted = { name: 'OperationError', message: 'address:10.0.0.1 is 2 real servers, and that needs a reason' };
  await assert.rejects(place.hands.set(order('address:10.0.0.1', { reason: null })), wanted);
  assert.equal((await place.hands.set(order('service-1/rs-1', { reason: null }))).kind, 'set');
});

test('a service that somebody else made is left alone, whatever the spec calls it', async () => {
  const place = desk(SPEC);
  place.state = { ...place.state, owned: [] };
  await assert.rejects(place.hands.set(order('service-1/rs-2')), /service-1 is live .* not managed by lvsctl/);
  assert.deepEqual([place.kernel.batches, place.overrides.list.length], [0, 0]);
});
