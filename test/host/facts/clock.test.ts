import assert from 'node:assert/strict';
import { test } from 'node:test';
import { known, unknown } from '../../../src/doctor/facts.ts';
import { readClock } from '../../../src/host/facts/clock.ts';

const ANSWERS = [
  ['timedatectl', 'NTPSynchronized=yes\n', true],
  ['timedatectl', 'NTPSynchronized=no\n', false],
  ['adjtimex', '         mode: 0\n       status: 8193\n', true],
  ['adjtimex', '         mode: 0\n       status: 64\n', false],
  ['busybox', '    esterror:     16000000\n    status:       64 (UNSYNC)\n-p  timeconstant: 2\n', false],
] as const;

for (const [program, text, isHeld] of ANSWERS) {
  test(`the clock is ${isHeld ? '' : 'not '}held by the word of ${program}: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(readClock(known(text)), known(isHeld));
  });
}

test('of a clock that no program tells of nothing is known', () => {
  assert.equal(readClock(unknown('busybox is not installed')).known, false);
});
