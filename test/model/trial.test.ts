import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secondsLeft, whyOf } from '../../src/model/trial.ts';

const ARMED = { since: { boot: 'a', seconds: 1000 }, seconds: 120 };

const MOMENTS = [
  { claim: 'at once', now: { boot: 'a', seconds: 1000 }, left: 120, why: 'timeout' },
  { claim: 'on the way', now: { boot: 'a', seconds: 1119.5 }, left: 0.5, why: 'timeout' },
  { claim: 'at the end', now: { boot: 'a', seconds: 1120 }, left: 0, why: 'timeout' },
  { claim: 'long after', now: { boot: 'a', seconds: 9999 }, left: 0, why: 'timeout' },
  { claim: 'after a reboot', now: { boot: 'b', seconds: 1010 }, left: 0, why: 'reboot' },
  { claim: 'in a container that began anew', now: { boot: 'a', seconds: 5 }, left: 0, why: 'reboot' },
] as const;

for (const { claim, now, left, why } of MOMENTS)
  test(`${claim}, ${left} s are left to confirm, and what ends it is a ${why}`, () => {
    assert.equal(secondsLeft(ARMED, now), left);
    assert.equal(whyOf(ARMED, now), why);
  });
