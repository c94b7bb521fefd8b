import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, type Pool, serveOnePool, servingText } from './build.ts';

const UP = ['up', 3_600_000] as const;
const SLOW = { slowStart: { seconds: 100, steps: 10 } };

const MOMENTS: readonly (readonly [claim: string, pool: Pool, serving: string])[] = [
  [
    'one that came back starts slowly',
    { weights: [100, 100], words: [UP, ['up', 0]], live: [100, null], availability: SLOW },
    '1:100, 2:10 ramping',
  ],
  [
    'and goes on in steps',
    { weights: [100, 100], words: [UP, ['up', 39_999]], live: [100, 20], availability: SLOW },
    '1:100, 2:30 ramping',
  ],
  [
    'until it has its weight',
    { weights: [100, 100], words: [UP, ['up', 100_000]], live: [100, 90], availability: SLOW },
    '1:100, 2:100',
  ],
  [
    'a slow start never lowers what the kernel has, so a restart moves nothing',
    {
      weights: [100, 100],
      words: [
        ['up', 0],
        ['up', 0],
      ],
      live: [100, 40],
      availability: SLOW,
    },
    '1:100, 2:40 ramping',
  ],
  [
    'and holds it until the first verdict',
    { weights: [100, 100], words: ['?', '?'], live: [100, 40], availability: SLOW },
    '1:100 held, 2:40 held',
  ],
  [
    'a light one starts with weight 1 at least',
    { weights: [3, 3], words: [UP, ['up', 0]], live: [3, null], availability: SLOW },
    '1:3, 2:1 ramping',
  ],
];

for (const [claim, pool, serving] of MOMENTS) {
  test(claim, () => assert.equal(servingText(pool), serving));
}

test('a slow start says when its next step comes', () => {
  const pool: Pool = { weights: [100], words: [['up', 12_000]], live: [10], availability: SLOW };
  assert.equal(serveOnePool(pool).nextAt, NOW - 12_000 + 20_000);
  assert.equal(serveOnePool({ ...pool, words: [UP] }).nextAt, null);
});
