import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { TimeUp, untilAborted, withDeadline } from '../../../src/host/probes/deadline.ts';
import { ProbeFailure } from '../../../src/host/probes/probe-failure.ts';
import { timeIsUp } from './asking.ts';

const never = () => new Promise<never>(() => undefined);
const timeUpSoon = () => {
  const ending = new AbortController();
  setTimeout(() => ending.abort(timeIsUp()), 50);
  return ending.signal;
};
const untilTold = (signal: AbortSignal) => untilAborted(never(), signal);

test('work fails by its deadline when its time is up', async () => {
  await assert.rejects(withDeadline(untilTold, { seconds: 0.05, end: timeUpSoon() }), new TimeUp(0.05));
});

test('work that breaks off then, in whatever way, fails by its deadline too', async () => {
  const work = (signal: AbortSignal) =>
    untilTold(signal).catch(() => {
      throw new Error('the socket was closed');
    });
  await assert.rejects(withDeadline(work, { seconds: 0.05, end: timeUpSoon() }), new TimeUp(0.05));
});

test('what work itself says of the end is kept', async () => {
  const work = (signal: AbortSignal) =>
    untilTold(signal).catch(() => {
      throw new ProbeFailure('no connection');
    });
  await assert.rejects(withDeadline(work, { seconds: 0.05, end: timeUpSoon() }), new ProbeFailure('no connection'));
});

for (const when of ['before', 'meanwhile'])
  test(`work is ended by who stopped it ${when}`, async () => {
    const stopping = new AbortController();
    if (when === 'before') stopping.abort();
    const work = withDeadline(untilTold, { seconds: 30, end: stopping.signal });
    stopping.abort();
    await assert.rejects(work, new ProbeFailure('nobody waits for the answer any more'));
  });

test('nothing is left at the signal that many questions share', async () => {
  const { signal: end } = new AbortController();
  const work = Array.from({ length: 100 }, (_, index) => withDeadline(async () => index, { seconds: 30, end }));
  assert.equal(getEventListeners(end, 'abort').length, 100);
  await Promise.all(work);
  assert.equal(getEventListeners(end, 'abort').length, 0);
});
