import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean } from '../../src/spec/did-you-mean.ts';

const WORDS = [
  'scheduler',
  'scheduler_flags',
  'servers',
  'sorry_server',
  'port',
  'pool',
  'vip',
  'rr',
  'wrr',
  'wlc',
  'web-pool',
];

const MEANT: readonly (readonly [typed: string, meant: string | undefined])[] = [
  ['schedular', 'scheduler'],
  ['SCHEDULER', 'scheduler'],
  ['scheduler-flags', 'scheduler_flags'],
  ['sorryserver', 'sorry_server'],
  ['prot', 'port'],
  ['ports', 'port'],
  ['vpi', 'vip'],
  ['webpool', 'web-pool'],
  ['wrrr', 'wrr'],
  ['xy', undefined],
  ['banana', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
];

for (const [typed, meant] of MEANT)
  test(`${JSON.stringify(typed.slice(0, 20))} means ${meant ?? 'nothing we know'}`, () => {
    assert.equal(didYouMean(typed, WORDS), meant);
  });
