import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Measures } from './simulation.ts';

const PROGRAM = fileURLToPath(new URL('./simulation.ts', import.meta.url));
const INTERVAL_MS = 2000;
const MEAN_IN_10_MS = 50;

async function simulated(options: { readonly minutes: number; readonly hangingTenths: number }): Promise<Measures> {
  const args = ['--expose-gc', PROGRAM, String(options.minutes), String(options.hangingTenths)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

function assertCadence([least, most]: readonly [number, number]): void {
  assert.ok(least > INTERVAL_MS * 0.99 && most < INTERVAL_MS * 1.01, `on the average every ${least} to ${most} ms`);
}

test('10,000 checks at 2 s for ten minutes: spread evenly, in time, never twice at once, in a space that does not grow', async () => {
  const { well, ...all } = await simulated({ minutes: 10, hangingTenths: 0 });
  assert.ok(
    all.mostIn10Ms < 2 * MEAN_IN_10_MS,
    `${all.mostIn10Ms} questions in 10 ms, ${MEAN_IN_10_MS} on the average`,
  );
  assertCadence(well.meanMs);
  assert.ok(all.allAskedMs <= INTERVAL_MS + 1, `everybody is asked within ${all.allAskedMs} ms`);
  assert.equal(all.overlaps, 0);
  assert.ok(all.lateness.maxMs <= 1, 'no later than timers are');
  assert.ok(all.lateness.questions > 2_600_000, `${all.lateness.questions} questions`);
  assert.ok(all.grownBytes < 2_000_000, `${all.grownBytes} bytes more in the end`);
});

test('while 30 % of the servers hang, the others are asked in time, nobody starves, and the cap holds', async () => {
  const { well, hanging, ...all } = await simulated({ minutes: 4, hangingTenths: 3 });
  assert.equal(all.mostOut, 512);
  assertCadence(well.meanMs);
  assert.ok(well.longestMs <= INTERVAL_MS * 1.06, `${well.longestMs} ms without a question to one that is well`);
  // 3,000 servers have half of the places, and each keeps one for a second.
  assert.ok(hanging.longestMs <= (3000 / 256) * 1000 * 1.15, `${hanging.longestMs} ms without one to one that hangs`);
  assert.ok(all.lateness.maxMs > INTERVAL_MS, 'that these are late is told');
});
