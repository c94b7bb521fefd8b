import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkOf } from '../spec/check-of.ts';
import { most } from './census.ts';
import { checkWith } from './checked.ts';
import { failAgainAndAgain } from './failing-server.ts';

/** Virtual moments have fractions. */
const WHOLE = 1 + 1e-6;

const [TCP] = checkWith().checks;
const milliseconds = (min: number, max: number) => fc.integer({ min, max }).map((ms) => ms / 1000);

const checks = fc
  .constantFrom([null], ['a', 'b'], ['a', 'b', 'c'])
  .map((names) => names.flatMap((name) => (TCP === undefined ? [] : [{ ...TCP, name }])));

const flapDamping = fc.option(
  fc.record({
    changes: fc.integer({ min: 2, max: 4 }),
    withinSeconds: fc.constant(600),
    holdSeconds: milliseconds(1000, 60_000),
  }),
);

const anyCheck = fc
  .record({
    ...{ mode: fc.constantFrom('all' as const, 'any' as const), checks, flapDamping },
    ...{ intervalSeconds: milliseconds(100, 30_000), fastIntervalSeconds: milliseconds(100, 30_000) },
    ...{ timeoutSeconds: milliseconds(10, 30_000), warmupSeconds: milliseconds(0, 30_000) },
    ...{ rise: fc.integer({ min: 1, max: 5 }), fall: fc.integer({ min: 1, max: 5 }) },
  })
  .map(checkWith);

test('no failure and no recovery is noticed later than the bound says, whatever the check and the moment', async () => {
  const property = fc.asyncProperty(anyCheck, fc.integer(), async (check, seed) => {
    const { detections, recoveries } = await failAgainAndAgain(check, { times: 5, seed });
    assert.ok(most(detections) <= WHOLE, `a detection took ${most(detections)} of its bound`);
    assert.ok(most(recoveries) <= WHOLE, `a recovery took ${most(recoveries)} of its bound`);
  });
  await fc.assert(property, { numRuns: 200 });
});

const CHECKS = [
  '{ tcp: {} }',
  '{ tcp: {}, interval: 2s, timeout: 1s, rise: 2, fall: 3 }',
  '{ tcp: {}, interval: 1m, fast_interval: 1s, timeout: 5s, rise: 5 }',
  '{ tcp: {}, interval: 100ms, timeout: 3s, fall: 1 }',
  '{ tcp: {}, interval: 2s, timeout: 100ms, fall: 10, rise: 10 }',
  '{ any: { a: { tcp: {} }, b: { ping: {} } }, interval: 2s, timeout: 1s }',
  '{ tcp: {}, interval: 2s, timeout: 1s, flap_damping: { changes: 2, within: 1h, hold: 30s } }',
];

const SEEDS = Array.from({ length: 20 }, (_, index) => index);

for (const text of CHECKS)
  test(`the bound of ${text} is no mere safe number: some failure, and some recovery, takes most of it`, async () => {
    const runs = await Promise.all(SEEDS.map((seed) => failAgainAndAgain(checkOf(text), { times: 20, seed })));
    const detection = most(runs.flatMap(({ detections }) => detections));
    const recovery = most(runs.flatMap(({ recoveries }) => recoveries));
    assert.ok(detection >= 0.6 && recovery >= 0.6, `detections took ${detection} of it, recoveries ${recovery}`);
  });
