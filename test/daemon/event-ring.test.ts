import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventRing } from '../../src/daemon/event-ring.ts';
import type { Log } from '../../src/daemon/log-event.ts';

/** A ring whose waiting ends when the test says so. */
function ring() {
  const said: string[] = [];
  const say = (_event: unknown, message: string) => void said.push(message);
  const log: Log = { debug: say, info: say, warn: say, error: say };
  const timers: (() => void)[] = [];
  const events = new EventRing({
    now: () => Date.UTC(2026, 0, 2),
    later: (callback) => {
      timers.push(callback);
      return () => void timers.splice(timers.indexOf(callback), 1);
    },
  });
  return { events, log: events.recording(log), said, timers };
}

const STOP = { event: 'stop', reason: 'SIGTERM' } as const;

test('what is logged is told too, with its level, and what is for debugging is not', async () => {
  const { events, log, said } = ring();
  log.debug(STOP, 'fine print');
  log.warn(STOP, 'careful');
  assert.deepEqual(said, ['fine print', 'careful']);
  const expected = { number: 1, time: '2026-01-02T00:00:00.000Z', level: 'warn', msg: 'careful', about: STOP };
  assert.deepEqual(await events.after(0), { events: [expected], last: 1 });
});

test('without a number nothing is told but the number of now', async () => {
  const { events, log } = ring();
  log.info(STOP, 'past');
  assert.deepEqual(await events.after(null), { events: [], last: 1 });
});

test('whoever has heard everything waits for news', async () => {
  const { events, log, timers } = ring();
  log.info(STOP, 'past');
  const [one, other] = [events.after(1), events.after(1)];
  log.info(STOP, 'news');
  for (const { events: told } of [await one, await other])
    assert.deepEqual(
      told.map(({ msg }) => msg),
      ['news'],
    );
  assert.deepEqual(timers, [], 'no timer is left');
});

test('and is answered with nothing after a while', async () => {
  const { events, timers } = ring();
  const waiting = events.after(0);
  timers[0]?.();
  assert.deepEqual(await waiting, { events: [], last: 0 });
});

test('a number from before a restart means everything that is kept', async () => {
  const { events, log } = ring();
  log.info(STOP, 'new life');
  assert.equal((await events.after(500)).events.length, 1);
});

test('the last thousand are kept', async () => {
  const { events, log } = ring();
  for (let number = 1; number <= 1500; number++) log.info(STOP, `${number}`);
  const { events: told, last } = await events.after(0);
  assert.deepEqual([told.length, told[0]?.number, last], [1000, 501, 1500]);
});
