import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '../../src/health/serve.ts';
import { PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import { checkKey } from '../../src/model/verdict.ts';
import { desired, live, server, service, tcp } from '../plan/build.ts';
import { CHECK, NOW, type Pool, SORRY, servingText, VIP, verdictOf } from './build.ts';

const UP = ['up', 3_600_000] as const;

const POOLS: readonly (readonly [claim: string, pool: Pool, serving: string])[] = [
  ['servers that are well have the weight of the spec', { weights: [5, 1], words: [UP, UP] }, '1:5, 2:1'],
  ['one that failed is not there', { weights: [5, 1], words: [UP, ['down', 9]] }, '1:5, (2 failed)'],
  [
    'one that failed is quiesced where the check says so',
    { weights: [5, 1], words: [UP, ['down', 9]], check: { onFailure: 'quiesce' } },
    '1:5, 2:0 failed',
  ],
  [
    'what nobody asked yet stays as the kernel has it: there, quiesced, or absent',
    { weights: [5, 5, 5], words: ['?', '?', '?'], live: [3, 0, null] },
    '1:5 held, 2:0 held, (3 held)',
  ],
  [
    'the last one stays where there is no sorry server, and it is the one that failed last',
    {
      weights: [1, 1, 1],
      words: [
        ['down', 30],
        ['down', 10],
        ['down', 20],
      ],
    },
    '2:1 kept, (1 failed), (3 failed)',
  ],
  [
    'of those that failed together, the first by address stays',
    {
      weights: [1, 1],
      words: [
        ['down', 9],
        ['down', 9],
      ],
    },
    '1:1 kept, (2 failed)',
  ],
  [
    'with one that nobody asked yet in the kernel none of the failed has to stay',
    { weights: [1, 1], words: [['down', 9], '?'] },
    '2:1 held, (1 failed)',
  ],
  [
    'with one that nobody asked yet and that is not there, one of the failed stays',
    { weights: [1, 1], words: [['down', 9], '?'], live: [1, null] },
    '1:1 kept, (2 held)',
  ],
  [
    'but one that failed before it ever served is not put there while others may come',
    { weights: [1, 1], words: [['down', 9], '?'], live: [null, null] },
    '(1 failed), (2 held)',
  ],
  [
    'only when all have failed',
    {
      weights: [1, 1],
      words: [
        ['down', 9],
        ['down', 8],
      ],
      live: [null, null],
    },
    '2:1 kept, (1 failed)',
  ],
  [
    'after a restart the one in the kernel stays, though another one failed, as it seems, later',
    {
      weights: [1, 1],
      words: [
        ['down', 9],
        ['down', 1],
      ],
      live: [1, null],
    },
    '1:1 kept, (2 failed)',
  ],
  [
    'min_capacity keeps as many as its share of the weight needs',
    {
      weights: [1, 1, 1, 1],
      words: [UP, ['down', 30], ['down', 10], ['down', 20]],
      availability: { minCapacity: { share: 0.5, of: 'enabled' } },
    },
    '1:1, 3:1 kept, (2 failed), (4 failed)',
  ],
  [
    'min_capacity counts weight, and not servers',
    {
      weights: [10, 1, 1, 1],
      words: [['down', 30], UP, UP, UP],
      availability: { minCapacity: { share: 0.5, of: 'enabled' } },
    },
    '1:10 kept, 2:1, 3:1, 4:1',
  ],
  [
    'min_capacity of a third of three is one',
    {
      weights: [1, 1, 1],
      words: [UP, ['down', 30], ['down', 10]],
      availability: { minCapacity: { share: 1 / 3, of: 'enabled' } },
    },
    '1:1, (2 failed), (3 failed)',
  ],
  [
    'min_capacity leaves out what has weight 0',
    {
      weights: [1, 0, 0, 1],
      words: [UP, UP, UP, ['down', 9]],
      availability: { minCapacity: { share: 0.5, of: 'enabled' } },
    },
    '1:1, 2:0, 3:0, (4 failed)',
  ],
  [
    'min_capacity 0% lets the last one go',
    {
      weights: [1, 1],
      words: [
        ['down', 9],
        ['down', 9],
      ],
      availability: { minCapacity: { share: 0, of: 'enabled' } },
    },
    '(1 failed), (2 failed)',
  ],
  [
    'below its quorum the sorry server serves, and those that are well take nothing new',
    { weights: [1, 1, 1], words: [UP, ['down', 9], ['down', 9]], availability: { quorum: 2, sorryServer: SORRY } },
    '1:0 aside, 99:1, (2 failed), (3 failed)',
  ],
  [
    'at its quorum it does not',
    { weights: [1, 1, 1], words: [UP, UP, ['down', 9]], availability: { quorum: 2, sorryServer: SORRY } },
    '1:1, 2:1, (3 failed)',
  ],
  [
    'with hysteresis it serves only when the quorum is missed by as much',
    {
      weights: [1, 1, 1],
      words: [UP, ['down', 9], ['down', 9]],
      availability: { quorum: 2, hysteresis: 1, sorryServer: SORRY },
    },
    '1:1, (2 failed), (3 failed)',
  ],
  [
    'nobody is sorry at a start, while nobody was asked',
    { weights: [1, 1], words: ['?', '?'], live: [null, null], availability: { sorryServer: SORRY } },
    '(1 held), (2 held)',
  ],
  [
    'min_capacity goes before the sorry server',
    {
      weights: [1, 1],
      words: [
        ['down', 9],
        ['down', 8],
      ],
      availability: { sorryServer: SORRY, minCapacity: { share: 0.5, of: 'enabled' } },
    },
    '2:1 kept, (1 failed)',
  ],
];

for (const [claim, pool, serving] of POOLS) {
  test(claim, () => assert.equal(servingText(pool), serving));
}

test('min_capacity of all counts what hands took out, too', () => {
  const pool: Pool = {
    weights: [1, 1],
    words: [UP, ['down', 9]],
    availability: { minCapacity: { share: 0.5, of: 'all' } },
  };
  assert.equal(servingText(pool), '1:1, (2 failed)');
  assert.equal(servingText(pool, { all: 4 }), '1:1, 2:1 kept');
});

test('the sorry server stays until the quorum is passed by the hysteresis', () => {
  const pool: Pool = {
    weights: [1, 1, 1],
    words: [UP, UP, ['down', 9]],
    live: [0, 0, null],
    isSorry: true,
    availability: { quorum: 2, hysteresis: 1, sorryServer: SORRY },
  };
  assert.equal(servingText(pool), '1:0 aside, 2:0 aside, 99:1, (3 failed)');
  assert.equal(servingText({ ...pool, words: [UP, UP, UP] }), '1:1, 2:1, 3:1');
});

const WISHES = [
  ['set to 7', 5, { kind: 'set', weight: 7 }, '7 weighed'],
  ['set to 0', 5, { kind: 'set', weight: 0 }, '0 weighed'],
  ['3 more', 5, { kind: 'add', by: 3 }, '8 weighed'],
  ['9 less', 5, { kind: 'add', by: -9 }, '0 weighed'],
  ['0 more', 5, { kind: 'add', by: 0 }, '5 in'],
  ['set to 7 where the spec says 0', 0, { kind: 'set', weight: 7 }, '0 in'],
] as const;

for (const [claim, weight, wish, wanted] of WISHES) {
  test(`a check's wish: ${claim}`, () => {
    const real = { ...server('10.0.0.1', weight), check: CHECK };
    const spec = desired([{ ...service(VIP, [real]), servers: [real] }]);
    const verdicts = new Map([[checkKey(VIP, real), { kind: 'up', since: 0, detail: '', weight: wish } as const]]);
    const [one] = serve(spec, { verdicts, live: live([]), spec, now: NOW }).services;
    const [served] = one?.servers ?? [];
    assert.equal(`${served?.weight} ${served?.standing.kind}`, wanted);
  });
}

test('services of keepalived are as the spec has them, whatever anybody says', () => {
  const real = { ...server('10.0.0.1'), check: CHECK };
  const spec = desired([{ ...service(VIP, [real]), servers: [real], owner: 'keepalived' }]);
  const verdicts = new Map([[checkKey(VIP, real), verdictOf(['down', 9])]]);
  assert.deepEqual(serve(spec, { verdicts, live: live([]), spec, now: NOW }).services[0]?.withdrawn, []);
});

test('servers of two services at one address fail each for itself', () => {
  const other = tcp('192.0.2.2');
  const real = { ...server('10.0.0.1'), check: CHECK };
  const spec = desired([
    {
      ...service(VIP, [real]),
      servers: [real],
      availability: { ...PLAIN_AVAILABILITY, minCapacity: { share: 0, of: 'all' } },
    },
    { ...service(other, [real]), servers: [real] },
  ]);
  const verdicts = new Map([
    [checkKey(VIP, real), verdictOf(['down', 9])],
    [checkKey(other, real), verdictOf(['up', 9])],
  ]);
  const { services } = serve(spec, { verdicts, live: live([]), spec, now: NOW });
  assert.deepEqual(
    services.map(({ servers }) => servers.length),
    [0, 1],
  );
});
