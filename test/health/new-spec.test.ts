import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Check } from '../../src/model/check.ts';
import { checkWith, REFUSED, targetOf, WELL } from './checked.ts';
import { type Behaviour, World } from './world.ts';

const [TCP] = checkWith().checks;

const onPort = (port: number, name: string | null = null) =>
  ({ probe: { kind: 'tcp' }, address: null, source: null, ...TCP, port, name }) as const;

/** Those on a port from 9000 on refuse. */
const byPort: Behaviour = ({ check }) => ({ answer: (check.port ?? 0) >= 9000 ? REFUSED : WELL, after: 0 });

/** Checked for 10 s in one way, and for 10 s in another; what was asked from then on, in seconds. */
async function respecified(before: Partial<Check>, after: Partial<Check>, behave = byPort) {
  const world = new World({ behave, random: () => 0.25 });
  world.checker.setTargets([targetOf(1, checkWith(before))]);
  await world.time.until(10_000);
  world.asked.length = 0;
  world.changes.length = 0;
  world.checker.setTargets([targetOf(1, checkWith(after))]);
  await world.time.until(20_000);
  const verdicts = world.changes.map((change) => `${change.after.kind} by ${change.cause}`);
  return { world, verdicts, seconds: world.asked.map(({ at }) => Math.round(at) / 1000) };
}

test('the same spec once more changes neither verdict nor rhythm', async () => {
  const { seconds, verdicts } = await respecified({}, {});
  assert.deepEqual([seconds, verdicts], [[10.525, 12.525, 14.525, 16.525, 18.525], []]);
});

test('another interval counts from now on, and the verdict stays', async () => {
  const { seconds, verdicts } = await respecified({}, { intervalSeconds: 4 });
  assert.deepEqual([seconds, verdicts], [[11.05, 15.05, 19.05], []]);
});

test('another question goes on in the rhythm of the one before, and takes fall answers to turn the verdict', async () => {
  const { seconds, verdicts } = await respecified({ checks: [onPort(80)] }, { checks: [onPort(9000)] });
  assert.deepEqual(seconds, [10.525, 11.525, 12.525, 14.525, 16.525, 18.525]);
  assert.deepEqual(verdicts, ['down by answer']);
});

test('a check that is added begins with the verdict that stands, not with its first answer', async () => {
  const { world, verdicts } = await respecified(
    { checks: [onPort(80, 'a')] },
    { checks: [onPort(80, 'a'), onPort(9000, 'b')] },
  );
  assert.deepEqual(verdicts, ['down by answer']);
  assert.equal(world.asked.filter(({ question, at }) => question.check.port === 9000 && at < 13_000).length, 3);
});

test('a check that is removed has no say any more, at once', async () => {
  const { world, verdicts } = await respecified(
    { checks: [onPort(80, 'a'), onPort(9000, 'b')] },
    { checks: [onPort(80, 'a')] },
  );
  assert.deepEqual(verdicts, ['up by spec']);
  assert.deepEqual(new Set(world.asked.map(({ question }) => question.check.port)), new Set([80]));
});

test('a verdict holds when nobody is left who has answered', async () => {
  const { verdicts } = await respecified(
    { mode: 'any', checks: [onPort(80, 'a'), onPort(81, 'b')], timeoutSeconds: 60 },
    { checks: [onPort(81, 'b')], timeoutSeconds: 60 },
    ({ check }) => (check.port === 81 ? null : { answer: WELL, after: 0 }),
  );
  assert.deepEqual(verdicts, []);
});

test('one that is held is let go when flapping is not damped any more', async () => {
  const behave: Behaviour = (_question, now) => ({
    answer: now % 2000 < 1000 || now > 9000 ? WELL : REFUSED,
    after: 0,
  });
  const flapping = { intervalSeconds: 1, rise: 1, fall: 1 };
  const flapDamping = { changes: 3, withinSeconds: 60, holdSeconds: 60 };
  assert.deepEqual((await respecified({ ...flapping, flapDamping }, flapping, behave)).verdicts, ['up by spec']);
});

test('a question that is another one now is ended and asked anew in its turn', async () => {
  const behave: Behaviour = ({ check }, now) => ({ answer: WELL, after: check.port === 80 && now > 8000 ? 3000 : 0 });
  const { world, seconds } = await respecified(
    { checks: [onPort(80)], timeoutSeconds: 5 },
    { checks: [onPort(81)], timeoutSeconds: 5 },
    behave,
  );
  assert.deepEqual([world.aborted, seconds], [['web-1'], [10.525, 12.525, 14.525, 16.525, 18.525]]);
});

test('other names and weights go into the questions, and change nothing else', async () => {
  const world = new World({ behave: byPort });
  const target = targetOf(1, checkWith());
  world.checker.setTargets([target]);
  await world.time.until(10_000);
  world.checker.setTargets([{ ...target, server: { ...target.server, serverName: 'shop-1', weight: 9 } }]);
  await world.time.until(13_000);
  assert.deepEqual(
    [world.asked.at(-1)?.question.weight, world.asked.at(-1)?.name, world.changes.length],
    [9, 'shop-1', 1],
  );
});
