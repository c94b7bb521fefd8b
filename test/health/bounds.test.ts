import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectionOf, recoveryOf } from '../../src/health/bounds.ts';
import type { Owner } from '../../src/model/desired.ts';
import { checkOf } from '../spec/check-of.ts';

const DETECTIONS: readonly (readonly [check: string, owner: Owner, seconds: number, sum: string])[] = [
  ['{ tcp: {} }', 'lvsctl', 21.25, 'interval 5s + jitter 250ms + 3 x timeout 2s + 2 x interval 5s'],
  ['{ tcp: {} }', 'keepalived', 21, 'interval 5s + 3 x timeout 2s + 2 x interval 5s'],
  ['{ tcp: {}, interval: 2s, timeout: 1s, fall: 1 }', 'lvsctl', 3.1, 'interval 2s + jitter 100ms + timeout 1s'],
  [
    '{ tcp: {}, interval: 60s, fast_interval: 1s, timeout: 5s }',
    'lvsctl',
    77.5,
    'interval 1m + jitter 500ms + 3 x timeout 5s + 2 x fast_interval 1s',
  ],
  [
    '{ tcp: {}, interval: 1s500ms, timeout: 100ms, fall: 2, fast_interval: 200ms }',
    'lvsctl',
    1.975,
    'interval 1.5s + jitter 75ms + 2 x timeout 100ms + fast_interval 200ms',
  ],
  ['{ bfd: { instance: peer } }', 'keepalived', 0, 'at once'],
  ['{ file: { track_file: load }, fall: 1 }', 'lvsctl', 7.25, 'interval 5s + jitter 250ms + timeout 2s'],
];

for (const [text, owner, seconds, sum] of DETECTIONS)
  test(`a failure under the check ${text} is noticed by ${owner} after ${seconds} s at worst`, () => {
    assert.deepEqual(detectionOf(checkOf(text), owner), { seconds, sum });
  });

const RECOVERIES: readonly (readonly [check: string, owner: Owner, seconds: number, sum: string])[] = [
  ['{ tcp: {} }', 'lvsctl', 9.25, 'interval 5s + jitter 250ms + 2 x timeout 2s'],
  [
    '{ tcp: {}, interval: 2s, timeout: 1s, rise: 3, fast_interval: 500ms }',
    'lvsctl',
    7.1,
    'interval 2s + jitter 100ms + 4 x timeout 1s + 2 x fast_interval 500ms',
  ],
  [
    '{ tcp: {}, interval: 2s, timeout: 1s, flap_damping: { changes: 3, within: 10m, hold: 2m } }',
    'lvsctl',
    127.2,
    'interval 2s + jitter 100ms + 2 x timeout 1s + hold 2m + interval 2s + jitter 100ms + timeout 1s',
  ],
  // It takes one success, and damps nothing.
  [
    '{ tcp: {}, interval: 2s, timeout: 1s, rise: 3, flap_damping: { changes: 3, within: 10m, hold: 2m } }',
    'keepalived',
    4,
    'interval 2s + 2 x timeout 1s',
  ],
  ['{ file: { track_file: load } }', 'keepalived', 0, 'at once'],
];

for (const [text, owner, seconds, sum] of RECOVERIES)
  test(`a recovery under the check ${text} is noticed by ${owner} after ${seconds} s at worst`, () => {
    assert.deepEqual(recoveryOf(checkOf(text), owner), { seconds, sum });
  });
