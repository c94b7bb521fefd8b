import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTarget } from '../../src/model/override-target.ts';
import { checkKey, type Verdict } from '../../src/model/verdict.ts';
import { CHECK, NOW, VIP, verdictOf, type Word } from '../health/build.ts';
import { desired, owning, server, service } from '../plan/build.ts';
import { DISABLE, DRAIN, override } from '../plan/override.ts';
import { daemon } from './daemon.ts';
import { type Desk, desk, order, weights } from './hand-desk.ts';

/** What hands and checks say of the same real server. */

const POOL = [server('10.0.0.1', 4), server('10.0.0.2', 4), server('10.0.0.3', 4)];
const CHECKED = POOL.map((one) => ({ ...one, check: CHECK }));
const WELL: Word = ['up', 60_000];
const FAILED: Word = ['down', 60_000];
const SPEC = desired([{ ...service(VIP, POOL), servers: CHECKED }]);

function checkedDesk(word: Word): Desk {
  const place = desk(SPEC);
  place.now = NOW;
  place.verdicts = new Map(
    POOL.map((one) => [checkKey(VIP, one), verdictOf(one.address === '10.0.0.2' ? word : WELL)] as const),
  );
  return place;
}

const target = parseTarget('service-1/rs-2');
const permissions = { maxRemove: null, empty: false };

test('one that failed does not get its weight back by hand', async () => {
  const place = checkedDesk(FAILED);
  await place.hands.set(order('service-1/rs-2'));
  assert.ok(target);
  const outcome = await place.hands.end({ subject: target, verb: 'undrain', permissions });
  assert.equal(outcome.kind, 'ended');
  assert.notEqual(weights(place), '4 4 4');
});

test('one that is well does, and nobody else is touched', async () => {
  const place = checkedDesk(WELL);
  await place.hands.set(order('service-1/rs-2'));
  assert.equal(weights(place), '4 0 4');
  assert.ok(target);
  await place.hands.end({ subject: target, verb: 'undrain', permissions });
  assert.equal(weights(place), '4 4 4');
});

test('one that failed is not brought back by enable', async () => {
  const place = checkedDesk(FAILED);
  await place.hands.set(order('service-1/rs-2', { action: DISABLE, drainSeconds: 0 }));
  assert.ok(target);
  await place.hands.end({ subject: target, verb: 'enable', permissions });
  assert.equal(weights(place), '4 4');
});

test('no check raises what was drained by hand, whatever it wishes', async () => {
  const verdicts = new Map<string, Verdict>(POOL.map((one) => [checkKey(VIP, one), verdictOf(WELL)]));
  const wish: Verdict = { kind: 'up', since: NOW, detail: 'idle', weight: { kind: 'add', by: 5 } };
  verdicts.set(checkKey(VIP, server('10.0.0.2')), wish);
  const table = [service(VIP, POOL)];
  const { kernel, world, reconciler, take } = daemon(table, owning(table), {
    checks: { watch: () => undefined, verdicts: () => verdicts },
  });
  world.now = NOW;
  const served = () => kernel.table[0]?.servers.map(({ weight }) => weight);
  take([{ ...service(VIP, POOL), servers: CHECKED }]);
  world.overrides = [override('service-1/rs-2', DRAIN)];
  await reconciler.reconcile('start');
  assert.deepEqual(served(), [4, 0, 4]);
  world.overrides = [];
  await reconciler.reconcile('override');
  assert.deepEqual(served(), [4, 9, 4]);
});
