import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALM, damp, held } from '../../src/health/flap-damping.ts';

const DAMPING = { changes: 3, withinSeconds: 60, holdSeconds: 20 };

/** Seconds, and what the checks say from then on. */
type Story = readonly (readonly [second: number, kind: 'up' | 'down'])[];

/** Whether it is held at the end. */
function isHeld(story: Story, damping = DAMPING): boolean {
  return story.reduce((damper, [second, kind]) => damp(damper, { kind, now: second * 1000, damping }), CALM).isHeld;
}

const flap = (second: number): Story => [
  [second, 'up'],
  [second + 1, 'down'],
];

const ROWS: readonly (readonly [what: string, story: Story, held: boolean])[] = [
  ['two failures of three hold nothing', [...flap(0), ...flap(10)], false],
  ['three failures within the time hold', [...flap(0), ...flap(10), ...flap(60)], true],
  ['three failures over a longer time hold nothing', [...flap(0), ...flap(10), ...flap(61)], false],
  ['four failures hold when the last three are close', [...flap(0), ...flap(90), ...flap(100), ...flap(110)], true],
  [
    'it is held while it is well for less than hold',
    [...flap(0), ...flap(5), ...flap(9), [20, 'up'], [39, 'up']],
    true,
  ],
  ['it is let go when it was well for hold', [...flap(0), ...flap(5), ...flap(9), [20, 'up'], [40, 'up']], false],
  [
    'a failure in between begins the hold anew',
    [...flap(0), ...flap(5), ...flap(9), [20, 'up'], [30, 'down'], [31, 'up'], [45, 'up']],
    true,
  ],
  [
    'one more failure within the time holds it again',
    [...flap(0), ...flap(5), ...flap(9), [20, 'up'], [40, 'up'], [41, 'down']],
    true,
  ],
  ['to be down from the start is no failure', [[0, 'down'], ...flap(2), ...flap(4)], false],
  ['to stay down is one failure', [...flap(0), [2, 'down'], [3, 'down'], [4, 'down']], false],
];

for (const [what, story, expected] of ROWS) test(what, () => assert.equal(isHeld(story), expected));

test('one more failure does not let it go, however long ago the others are', () => {
  const story: Story = [...flap(0), ...flap(5), ...flap(9), [20, 'up'], [100, 'down']];
  assert.equal(isHeld(story, { ...DAMPING, holdSeconds: 300 }), true);
});

test('it remembers no more failures than may count', () => {
  const damper = Array.from({ length: 50 }, (_, index) => flap(index * 2))
    .flat()
    .reduce((before, [second, kind]) => damp(before, { kind, now: second * 1000, damping: DAMPING }), CALM);
  assert.equal(damper.failures.length, 3);
});

test('the words name the rule, and what the checks say', () => {
  assert.deepEqual(held({ kind: 'up', detail: 'connected', weight: null }, DAMPING), {
    kind: 'down',
    detail: 'failed 3 times within 1m, so it is held until it is well for 20s; now: connected',
  });
});
