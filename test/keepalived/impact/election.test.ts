import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { ALONE, CONTEXT, impacts, instance } from './reload.ts';

function web(priority: number, ...lines: readonly string[]): string {
  return instance('web', { priority, lines });
}

const UNKNOWN: ImpactContext = { version: '2.2.7', director: 'lb1' };

const ROWS: readonly (readonly [
  title: string,
  before: string,
  after: string,
  expected: readonly string[],
  ImpactContext?,
])[] = [
  [
    'a priority below the other director moves the VIPs there',
    web(150),
    web(90),
    [
      'disruptive master-moves: priority 150 -> 90 of VRRP instance web makes lb2 come first, which takes the VIP 203.0.113.10',
    ],
  ],
  [
    'a priority above the other director moves them here',
    web(90),
    web(150),
    [
      'disruptive master-moves: priority 90 -> 150 of VRRP instance web makes lb1 come first, which takes the VIP 203.0.113.10',
    ],
  ],
  [
    'a priority equal to that of the other one leaves it to the address',
    web(150),
    web(100),
    [
      'disruptive master-moves: priority 150 -> 100 of VRRP instance web makes lb2 or lb1 come first, which takes the VIP 203.0.113.10',
    ],
  ],
  [
    'with nopreempt nothing moves',
    web(150, 'nopreempt'),
    web(90, 'nopreempt'),
    [
      'note master-stays: priority 150 -> 90 of VRRP instance web makes lb2 come first, but with nopreempt nothing moves until the master fails',
    ],
  ],
  [
    'another priority in the same order',
    web(150),
    web(140),
    ['note priority: priority 150 -> 140 of VRRP instance web leaves the order of its directors as it is'],
  ],
  [
    'no other director is known',
    web(150),
    web(90),
    ['note priority: priority 150 -> 90 of VRRP instance web leaves the order of its directors as it is'],
    UNKNOWN,
  ],
  ['the usual priority, said', web(100).replace('priority 100\n', ''), web(100), [], ALONE],
  [
    'the priority of a state MASTER without one',
    web(100).replace('priority 100\n', '').replace('BACKUP', 'MASTER'),
    web(100),
    ['note priority: priority 255 -> 100 of VRRP instance web leaves the order of its directors as it is'],
    ALONE,
  ],
  [
    'nopreempt',
    web(150),
    web(150, 'nopreempt'),
    ['note preemption: VRRP instance web leaves its VIPs with a master of lower priority from now on'],
  ],
  [
    'no nopreempt',
    web(150, 'nopreempt'),
    web(150),
    [
      'note preemption: VRRP instance web takes its VIPs from a master of lower priority at once from now on, also right after this reload',
    ],
  ],
  ['a state, which counts on a start only', web(150), web(150).replace('BACKUP', 'MASTER'), []],
];

for (const [title, before, after, expected, context = CONTEXT] of ROWS)
  test(title, () => {
    const found = impacts(before, after, context);
    assert.deepEqual(
      found.map(({ level, kind, message }) => `${level} ${kind}: ${message}`),
      expected,
    );
    assert.ok(found.every(({ subject }) => subject === 'web'));
  });
