import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXIT, OperationError } from '../../src/errors.ts';
import { parseTarget } from '../../src/model/override-target.ts';
import type { EndOrder } from '../../src/plan/hand-order.ts';
import { desired, server, service, tcp } from '../plan/build.ts';
import { DISABLE, DRAIN } from '../plan/override.ts';
import { desk, order, weights } from './hand-desk.ts';

const WEB = { ...service(tcp('192.0.2.1'), [server('10.0.0.1', 4), server('10.0.0.2', 4)]), pool: 'web' };
const SPEC = desired([WEB, service(tcp('192.0.2.2'), [server('10.0.0.2', 4), server('10.0.0.3', 4)])]);

/** `undrain web/web-1`, `enable o3`. */
function ending(words: string): EndOrder {
  const [verb, text = ''] = words.split(' ');
  const subject = /^o\d/.test(text) ? { kind: 'id' as const, id: text } : parseTarget(text);
  assert.ok(subject !== undefined && (verb === 'undrain' || verb === 'enable'));
  return { verb, subject, permissions: { maxRemove: null, empty: false } };
}

const ENDS: readonly (readonly [begun: Parameters<typeof order>[1], end: string])[] = [
  [{ action: DRAIN }, 'undrain service-1/rs-2'],
  [{ action: DRAIN }, 'undrain o1'],
  [{ action: { kind: 'weight', weight: 7 } }, 'undrain service-1/rs-2'],
  [{ action: { kind: 'share', percent: 50 } }, 'undrain service-1/rs-2'],
  [{ action: DISABLE }, 'enable service-1/rs-2'],
  [{ action: DISABLE, drainSeconds: 0 }, 'enable o1'],
];

for (const [begun, end] of ENDS)
  test(`after ${JSON.stringify(begun)}, ${end} brings the spec's weight back`, async () => {
    const place = desk(SPEC);
    await place.hands.set(order('service-1/rs-2', begun));
    assert.notEqual(weights(place), '4 4 | 4 4');
    const outcome = await place.hands.end(ending(end));
    assert.ok(outcome.kind === 'ended' && outcome.override.id === 'o1');
    assert.equal(weights(place), '4 4 | 4 4');
    assert.deepEqual(place.overrides, { issued: 1, list: [] });
    assert.deepEqual(place.state.drains, []);
  });

for (const end of ['undrain service-1/rs-2', 'enable service-1/rs-2', 'undrain o7'])
  test(`${end} where nothing stands changes nothing, and says so`, async () => {
    const place = desk(SPEC);
    const outcome = await place.hands.end(ending(end));
    assert.ok(outcome.kind === 'nothing');
    assert.match(outcome.message, /No override .* stands/);
    assert.equal(place.kernel.batches, 0);
  });

test('one whose time is over cannot be ended any more', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2', { ttlSeconds: 60 }));
  place.now += 60_000;
  assert.equal((await place.hands.end(ending('undrain service-1/rs-2'))).kind, 'nothing');
});

test('while another override holds a server, ending one says so and leaves it where that wants it', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('address:10.0.0.2'));
  await place.hands.set(order('service-1/rs-2', { action: { kind: 'weight', weight: 7 } }));
  const outcome = await place.hands.end(ending('undrain service-1/rs-2'));
  assert.ok(outcome.kind === 'ended' && outcome.ruledBy[0]?.id === 'o1');
  assert.equal(weights(place), '4 0 | 0 4');
});

const REFUSED: readonly (readonly [begun: string, action: typeof DRAIN, end: string, message: RegExp, hint: RegExp])[] =
  [
    [
      'address:10.0.0.2',
      DRAIN,
      'undrain service-1/rs-2',
      /in the hands of o1 \(address:10.0.0.2\)/,
      /lvsctl overrides/,
    ],
    ['service-1/rs-2', DISABLE, 'undrain service-1/rs-2', /is disabled \(o1\)/, /lvsctl enable service-1\/rs-2/],
    ['service-1/rs-2', DRAIN, 'enable o1', /is not disabled/, /lvsctl undrain service-1\/rs-2/],
  ];

for (const [begun, action, end, message, hint] of REFUSED)
  test(`${end} is refused while ${begun} has ${action.kind}, with the way out`, async () => {
    const place = desk(SPEC);
    await place.hands.set(order(begun, { action }));
    const before = weights(place);
    await assert.rejects(place.hands.end(ending(end)), (error: unknown) => {
      assert.ok(error instanceof OperationError && error.exitCode === EXIT.refused);
      assert.match(error.message, message);
      assert.match(error.hints.join(), hint);
      return true;
    });
    assert.equal(weights(place), before);
    assert.equal(place.overrides.list.length, 1);
  });

test('a name that nothing has is a mistake, and not something that has ended already', async () => {
  await assert.rejects(desk(SPEC).hands.end(ending('undrain service-1/rs-22')), /did you mean "rs-2"/);
});

test('a decision about what left the spec can still be ended', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2'));
  place.desired = desired([{ ...WEB, servers: WEB.servers.slice(0, 1) }]);
  assert.equal((await place.hands.end(ending('undrain service-1/rs-2'))).kind, 'ended');
  assert.deepEqual(place.overrides.list, []);
});

test('a guard has its say where the spec itself would leave nobody', async () => {
  const empty = desired([service(tcp('192.0.2.1'), [server('10.0.0.1', 0)])]);
  const place = desk(empty);
  await place.hands.set(order('service-1/rs-1', { action: { kind: 'weight', weight: 7 } }));
  const outcome = await place.hands.end(ending('undrain service-1/rs-1'));
  assert.ok(outcome.kind === 'refused' && outcome.hazards[0]?.guard === 'empty-service');
  assert.equal(place.overrides.list.length, 1);
});

test('an override that ended is not followed any longer', async () => {
  const place = desk(SPEC);
  await place.hands.set(order('service-1/rs-2'));
  assert.equal((await place.hands.follow('o1'))?.servers[0]?.weight, 0);
  await place.hands.end(ending('undrain o1'));
  assert.equal(await place.hands.follow('o1'), null);
});
