import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWith, REFUSED, targetOf, WELL } from './checked.ts';
import { World } from './world.ts';

const many = (count: number, more = {}) =>
  Array.from({ length: count }, (_, index) => targetOf(index, checkWith(more)));

test('of those that are due, the longest overdue goes first when a place is free', async () => {
  let part = 0;
  const world = new World({
    behave: () => ({ answer: WELL, after: 500 }),
    maxConcurrent: 1,
    random: () => [0.03, 0.02, 0.01][part++] ?? 0,
  });
  world.checker.setTargets(many(3));
  await world.time.until(1600);
  assert.deepEqual(
    world.asked.map(({ name, at }) => `${name} ${at}`),
    ['web-2 20', 'web-1 520', 'web-0 1020'],
  );
});

test('who is known to have failed gets half of the places at most', async () => {
  const hangs = (name: string) => Number(name.slice('web-'.length)) < 8;
  const world = new World({
    behave: ({ serverName }) => (hangs(serverName) ? null : { answer: WELL, after: 10 }),
    maxConcurrent: 4,
  });
  world.checker.setTargets(many(10, { timeoutSeconds: 2 }));
  await world.time.until(60_000);
  world.checker.lateness();
  world.asked.length = 0;
  await world.time.until(120_000);
  const asked = Map.groupBy(world.asked, ({ name }) => hangs(name));
  assert.deepEqual([Math.round((asked.get(false)?.length ?? 0) / 2), (asked.get(true)?.length ?? 0) > 50], [30, true]);
});

test('who answers again is not kept waiting by those who hang', async () => {
  const world = new World({
    behave: ({ serverName }, now) => (serverName !== 'web-8' || now < 60_000 ? null : { answer: WELL, after: 10 }),
    maxConcurrent: 4,
  });
  world.checker.setTargets(many(9, { timeoutSeconds: 2, rise: 3 }));
  await world.time.until(90_000);
  const answered = world.asked.filter(({ name, at }) => name === 'web-8' && at >= 60_000).map(({ at }) => at);
  const [first = 0, , third = 0] = answered;
  assert.ok(third - first < 2100, `asked at ${answered.join(', ')} ms`);
});

test('lateness is told: the worst, and by a warning at most once a minute when it is more than an interval', async () => {
  const world = new World({ behave: () => ({ answer: WELL, after: 900 }), maxConcurrent: 1 });
  world.checker.setTargets(many(5));
  await world.time.until(115_000);
  const { maxMs, p99Ms } = world.checker.lateness();
  assert.ok(maxMs > 2000 && maxMs < 4500 && p99Ms <= maxMs, `${p99Ms} of ${maxMs} ms`);
  assert.equal(world.late.length, 2);
  assert.ok((world.late[0]?.lateSeconds ?? 0) > 2 && world.late[0]?.intervalSeconds === 2);
});

test('one that never answers is cut off at its timeout, and failed', async () => {
  const world = new World({ behave: () => null, random: () => 0 });
  world.checker.setTargets(many(1));
  await world.time.until(1100);
  assert.deepEqual([world.aborted, world.said()], [['web-0'], ['web-0 down 1.05']]);
  const { after } = world.changes[0] ?? {};
  assert.deepEqual(after?.kind === 'down' && after.detail, 'no answer within 1s');
});

test('one that was told that its time is up answers in its own words, however long the verdict before it takes', async () => {
  const world = new World({ behave: () => ({ answer: WELL, after: 5000 }), random: () => 0, busyMs: 200 });
  world.checker.setTargets(many(3));
  await world.time.until(2000);
  assert.deepEqual(
    world.changes.map(({ after }) => after.kind === 'down' && after.detail),
    ['aborted', 'aborted', 'aborted'],
  );
});

test('where this host cannot ask, the verdict stands, and it is told once until it can', async () => {
  const world = new World({
    behave: (_question, now) => {
      if (now % 20_000 >= 10_000) throw new Error('too many open files');
      return { answer: WELL, after: 0 };
    },
    random: () => 0,
  });
  world.checker.setTargets(many(1, { fall: 1 }));
  await world.time.until(39_000);
  assert.deepEqual([world.asked.length, world.said()], [20, ['web-0 up 0']]);
  assert.deepEqual(
    world.unasked,
    Array.from({ length: 2 }, () => 'web-0: Error: too many open files'),
  );
});

test('after a long sleep nobody catches up: each goes on in its turn, one question in one interval', async () => {
  const world = new World({ behave: () => ({ answer: WELL, after: 5 }) });
  world.checker.setTargets(many(1000));
  await world.time.until(10_000);
  world.time.sleep(3_600_000);
  world.asked.length = 0;
  await world.time.until(10_000 + 3_600_000 + 2100);
  const perServer = [...Map.groupBy(world.asked, ({ name }) => name).values()].map(({ length }) => length);
  assert.ok(Math.max(...perServer) <= 2 && perServer.length === 1000, `${perServer.length} servers asked`);
  const perWindow = [...Map.groupBy(world.asked, ({ at }) => Math.floor(at / 100)).values()].map(
    ({ length }) => length,
  );
  assert.ok(Math.max(...perWindow) < 100, `${Math.max(...perWindow)} questions within 100 ms, 50 on the average`);
  assert.ok(world.checker.lateness().maxMs > 3_590_000, 'and that nobody asked for so long is told');
});

test('an answer that was there while the process did not run is read, and counts', async () => {
  const world = new World({ behave: () => ({ answer: WELL, after: 1200 }), random: () => 0 });
  world.checker.setTargets(many(1));
  await world.time.until(500);
  world.time.sleep(1000);
  await world.time.until(1600);
  assert.deepEqual(world.said(), ['web-0 up 1.5']);
});

test('a process that stalls a little at every deadline still needs no more than `fall` failures', async () => {
  const world = new World({
    behave: (_question, now) => (now < 100 ? { answer: WELL, after: 0 } : null),
    random: () => 0,
  });
  world.checker.setTargets(many(1, { fall: 2 }));
  await world.time.until(100);
  for (const moment of [2900, 5550]) {
    await world.time.until(moment);
    world.time.sleep(400);
  }
  await world.time.until(6500);
  assert.deepEqual(
    [world.asked.map(({ at }) => at), world.said()],
    [
      [0, 2000, 4650],
      ['web-0 up 0', 'web-0 down 6.3'],
    ],
  );
});

test('a failure of a time in which the process did not run counts for nothing', async () => {
  let isUp = true;
  const world = new World({ behave: () => (isUp ? { answer: WELL, after: 500 } : null), random: () => 0 });
  world.checker.setTargets(many(1, { fall: 1 }));
  await world.time.until(2100);
  isUp = false;
  await world.time.until(4100);
  world.time.sleep(5000);
  isUp = true;
  await world.time.until(11_000);
  assert.deepEqual(world.said(), ['web-0 up 0.5']);
  assert.deepEqual(world.asked.map(({ at }) => at).slice(-2), [4000, 10_000]);
});

test('a process that hardly runs judges all the same, by the second such failure in a row', async () => {
  const world = new World({ behave: () => ({ answer: REFUSED, after: 500 }), random: () => 0 });
  world.checker.setTargets(many(1));
  for (let round = 0; round < 5; round++) {
    await world.time.until(world.time.now() + 200);
    world.time.sleep(3000);
  }
  assert.deepEqual(
    world.changes.map(({ after }) => after.kind),
    ['down'],
  );
});

test('timers that come a little too early, as those of Node may, lose no question', async () => {
  const world = new World({
    behave: () => ({ answer: WELL, after: 1 }),
    random: () => 0,
    resolutionMs: 0,
    earlyMs: 0.6,
  });
  world.checker.setTargets(many(1));
  await world.time.until(9000);
  assert.deepEqual(
    world.asked.map(({ at }) => Math.round(at)),
    [0, 2000, 4000, 6000, 8000],
  );
});

test('a jump of the clock on the wall changes what people read, and no question', async () => {
  const world = new World({
    behave: (_question, now) => ({ answer: now < 5000 ? WELL : REFUSED, after: 0 }),
    random: () => 0,
  });
  world.checker.setTargets(many(1, { fall: 1 }));
  await world.time.until(5000);
  world.wallOffset = -86_400_000;
  await world.time.until(6500);
  assert.deepEqual(
    world.asked.map(({ at }) => at),
    [0, 2000, 4000, 6000],
  );
  assert.deepEqual(world.said(), ['web-0 up 0', 'web-0 down -86394']);
  assert.equal(world.changes[1]?.lastedSeconds, 6);
});
