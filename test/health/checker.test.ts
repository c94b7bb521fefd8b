import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkKey } from '../../src/model/verdict.ts';
import { checkWith, REFUSED, targetOf, WELL } from './checked.ts';
import { type Behaviour, EPOCH, World } from './world.ts';

const always =
  (answer: typeof WELL | typeof REFUSED, after = 0): Behaviour =>
  () => ({ answer, after });

/** Refuses from this second on, and is well again from the other. */
const failingBetween =
  (from: number, to: number): Behaviour =>
  (_question, now) => ({ answer: now >= from * 1000 && now < to * 1000 ? REFUSED : WELL, after: 0 });

const web = (more = {}) => targetOf(1, checkWith(more));

/** Moments of the questions, in seconds. */
const seconds = ({ asked }: World) => asked.map(({ at }) => Math.round(at) / 1000);

function verdictOf(world: World, target = web()) {
  return world.checker.verdicts().get(checkKey(target.server.service, target.server.server));
}

test('a verdict is unknown until the first answer, which decides', async () => {
  const world = new World({ behave: always(REFUSED), random: () => 0.5 });
  world.checker.setTargets([web()]);
  assert.deepEqual(verdictOf(world), { kind: 'unknown' });
  await world.time.until(1000);
  assert.deepEqual(verdictOf(world), { kind: 'down', since: EPOCH + 1000, detail: 'connection refused' });
});

test('a change is told once, with what was before, how long, and why', async () => {
  const world = new World({ behave: failingBetween(9, 20), random: () => 0 });
  world.checker.setTargets([web()]);
  await world.time.until(60_000);
  assert.deepEqual(
    world.changes.map(({ before, after, cause, lastedSeconds }) => [before.kind, after.kind, cause, lastedSeconds]),
    [
      ['unknown', 'up', 'answer', 0],
      ['up', 'down', 'answer', 12],
      ['down', 'up', 'answer', 9],
    ],
  );
});

test('it is asked at its interval, and at the fast one while the verdict is open', async () => {
  const world = new World({ behave: failingBetween(5, 7.5), random: () => 0 });
  world.checker.setTargets([web({ fastIntervalSeconds: 0.5 })]);
  await world.time.until(14_000);
  assert.deepEqual(seconds(world), [0, 2, 4, 6, 6.5, 7, 8, 8.5, 10, 12, 14]);
  assert.deepEqual(world.said(), ['web-1 up 0', 'web-1 down 7', 'web-1 up 8.5']);
});

test('a wish for another weight is told, other words are not', async () => {
  let round = 0;
  const weights = [5, 5, 7, null];
  const behave: Behaviour = () => {
    const weight = weights[round++];
    const wish = typeof weight === 'number' ? ({ kind: 'set', weight } as const) : null;
    return { answer: { ok: true, detail: `answer ${round}`, weight: wish }, after: 0 };
  };
  const world = new World({ behave, random: () => 0 });
  world.checker.setTargets([web()]);
  await world.time.until(7000);
  assert.deepEqual(
    world.changes.map(({ after }) => after),
    [
      { kind: 'up', since: EPOCH, detail: 'answer 1', weight: { kind: 'set', weight: 5 } },
      { kind: 'up', since: EPOCH, detail: 'answer 3', weight: { kind: 'set', weight: 7 } },
      { kind: 'up', since: EPOCH, detail: 'answer 4', weight: null },
    ],
  );
  assert.deepEqual(
    world.changes.map(({ lastedSeconds }) => lastedSeconds),
    [0, 4, 6],
  );
});

test('several checks are asked each at its own time, and the words name the one that decided', async () => {
  const [single] = checkWith().checks;
  assert.ok(single !== undefined);
  const checks = ['login', 'port'].map((name, index) => ({ ...single, name, port: 8000 + index }));
  const behave: Behaviour = ({ check }) => ({ answer: check.port === 8000 ? REFUSED : WELL, after: 0 });
  const world = new World({ behave });
  world.checker.setTargets([web({ checks })]);
  await world.time.until(2500);
  assert.equal(new Set(seconds(world)).size >= 2, true);
  assert.partialDeepStrictEqual(verdictOf(world), { kind: 'down', detail: 'login: connection refused' });
});

test('a real server that flaps counts as failed until it was well for as long as hold says', async () => {
  const damping = { changes: 3, withinSeconds: 60, holdSeconds: 20 };
  const behave: Behaviour = (_question, now) => ({
    answer: now < 12_000 && now % 4000 >= 2000 ? REFUSED : WELL,
    after: 0,
  });
  const world = new World({ behave, random: () => 0 });
  world.checker.setTargets([web({ rise: 1, fall: 1, flapDamping: damping })]);
  await world.time.until(60_000);
  assert.deepEqual(world.said(), [
    ...['web-1 up 0', 'web-1 down 2', 'web-1 up 4', 'web-1 down 6', 'web-1 up 8', 'web-1 down 10', 'web-1 up 32'],
  ]);
  const last = world.changes.at(-2)?.after;
  assert.match(
    last?.kind === 'down' ? last.detail : '',
    /^failed 3 times within 1m, so it is held until it is well for 20s/,
  );
});

test('whoever is checked no more is forgotten, and the question that is out is ended', async () => {
  const world = new World({ behave: () => null, random: () => 0 });
  world.checker.setTargets([web(), targetOf(2, checkWith())]);
  await world.time.until(500);
  world.checker.setTargets([targetOf(2, checkWith())]);
  assert.deepEqual([world.aborted, [...world.checker.verdicts().keys()].length], [['web-1'], 1]);
  world.checker.stop();
  assert.deepEqual([world.aborted, world.time.pending], [['web-1', 'web-2'], 0]);
  await world.time.until(60_000);
  assert.deepEqual([world.asked.length, world.changes], [2, []]);
});
