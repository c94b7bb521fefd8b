import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jitterSeconds, Timetable } from '../../src/health/timetable.ts';

const interval = fc.integer({ min: 100, max: 86_400_000 }).map((ms) => ms / 1000);
const chance = fc.double({ min: 0, max: 0.999, noNaN: true });

test('moments are an interval apart on the average, and never drift, whatever the jitter', () => {
  const property = fc.property(
    fc.record({
      interval,
      start: fc.double({ min: 0, max: 1e12, noNaN: true }),
      chances: fc.array(chance, { minLength: 2 }),
    }),
    ({ interval: seconds, start, chances }) => {
      const timetable = new Timetable(start, seconds);
      let at = start;
      for (const [index, random] of chances.entries()) {
        at = timetable.next(at, random);
        const late = at - (start + (index + 1) * seconds * 1000);
        assert.ok(late >= -1 && late <= jitterSeconds(seconds) * 1000 + 1, `${index}: ${late} ms off`);
      }
    },
  );
  fc.assert(property, { numRuns: 300 });
});

test('what was missed is left out', () => {
  const timetable = new Timetable(100, 2);
  assert.deepEqual([timetable.next(100, 0), timetable.next(9000, 0), timetable.next(9000, 0)], [2100, 10100, 12100]);
});
