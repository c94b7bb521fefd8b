import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { singleFlight } from '../../src/daemon/single-flight.ts';

function unexpected(error?: unknown): never {
  throw new Error('Nothing should fail here', { cause: error });
}

/** A run that ends when told to. */
function controlledRun() {
  let running = 0;
  let most = 0;
  let started = 0;
  let finish: (error?: Error) => void = () => undefined;
  const run = (): Promise<void> => {
    started += 1;
    running += 1;
    most = Math.max(most, running);
    return new Promise((resolve, reject) => {
      finish = (error) => {
        running -= 1;
        if (error) reject(error);
        else resolve();
      };
    });
  };
  const end = async (error?: Error): Promise<void> => {
    finish(error);
    await turn();
  };
  return { run, end, started: () => started, most: () => most };
}

test('four triggers during one run make one more run, and never two at once', async () => {
  const { run, end, started, most } = controlledRun();
  const flight = singleFlight(run, unexpected);
  for (let n = 0; n < 5; n += 1) flight.trigger();
  assert.equal(started(), 1);
  await end();
  assert.equal(started(), 2);
  await end();
  await flight.idle();
  assert.deepEqual([started(), most()], [2, 1]);
});

test('a trigger after everything has ended starts again', async () => {
  const { run, end, started } = controlledRun();
  const flight = singleFlight(run, unexpected);
  for (const wanted of [1, 2, 3]) {
    flight.trigger();
    assert.equal(started(), wanted);
    await end();
    await flight.idle();
  }
});

test('a run that fails, in either way, is told and does not stop the next', async () => {
  const errors: unknown[] = [];
  const runs = [
    () => Promise.reject(new Error('later')),
    () => {
      throw new Error('at once');
    },
    () => Promise.resolve(),
  ];
  let count = 0;
  const flight = singleFlight(
    () => {
      const run = runs[count] ?? unexpected;
      count += 1;
      return run();
    },
    (error) => errors.push((error as Error).message),
  );
  for (let n = 0; n < 3; n += 1) {
    flight.trigger();
    await flight.idle();
  }
  assert.deepEqual([count, errors], [3, ['later', 'at once']]);
});

test('a run may trigger the next one', async () => {
  let count = 0;
  const flight = singleFlight(async () => {
    count += 1;
    if (count < 3) flight.trigger();
  }, unexpected);
  flight.trigger();
  await flight.idle();
  assert.equal(count, 3);
});

test('stopping lets the present run end, drops what is queued and takes no more', async () => {
  const { run, end, started } = controlledRun();
  const flight = singleFlight(run, unexpected);
  flight.trigger();
  flight.trigger();
  let stopped = false;
  const stopping = flight.stop().then(() => {
    stopped = true;
  });
  await turn();
  assert.equal(stopped, false);
  await end();
  await stopping;
  flight.trigger();
  await flight.idle();
  assert.equal(started(), 1);
});

test('other work waits for the run that is on, comes before the next, and its caller gets what it gave', async () => {
  const { run, end, started } = controlledRun();
  const flight = singleFlight(run, unexpected);
  const seen: string[] = [];
  flight.trigger();
  flight.trigger();
  const work = flight.between(async () => {
    seen.push(`work after ${started()}`);
    return 'done';
  });
  await turn();
  assert.deepEqual(seen, []);
  await end();
  assert.equal(await work, 'done');
  assert.deepEqual(seen, ['work after 1']);
  await end();
  await flight.idle();
  assert.equal(started(), 2);
});

test('work that fails is told to whoever asked for it, and to nobody else', async () => {
  const flight = singleFlight(async () => undefined, unexpected);
  await assert.rejects(
    flight.between(async () => {
      throw new Error('no');
    }),
    /no/,
  );
  assert.equal(await flight.between(async () => 1), 1);
});

test('work that waits when it stops is not done, and told so', async () => {
  const { run, end } = controlledRun();
  const flight = singleFlight(run, unexpected);
  flight.trigger();
  const waiting = flight.between(async () => assert.fail('it was stopped'));
  const stopped = flight.stop();
  await Promise.all([assert.rejects(waiting, /stopping/), end(), stopped]);
  await assert.rejects(
    flight.between(async () => 1),
    /stopping/,
  );
});
