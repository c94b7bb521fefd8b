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
  ['{ bfd: { instance: peer } }', 'keepalived', 0, 'at once'],
  ['{ file: { track_file: load }, fall: 1 }', 'lvsctl', 7.25, 'interval 5s + jitter 250ms + timeout 2s'],
];

for (const [text, owner, seconds, sum] of DETECTIONS)
  test(`a failure under the check ${text} is noticed by ${owner} after ${seconds} s at worst`, () => {
    assert.deepEqual(detectionOf(checkOf(text), owner), { seconds, sum });
  });

const RECOVERIES: readonly (readonly [check: string, seconds: number, sum: string])[] = [
  ['{ tcp: {} }', 9.25, 'interval 5s + jitter 250ms + 2 x timeout 2s'],
  [
    '{ tcp: {}, interval: 2s, timeout: 1s, rise: 3, fast_interval: 500ms }',
    7.1,
    'interval 2s + jitter 100ms + 4 x timeout 1s + 2 x fast_interval 500ms',
  ],
  [
    '{ tcp: {}, interval: 2s, timeout: 1s, flap_damping: { changes: 3, within: 10m, hold: 2m } }',
    127.2,
    'interval 2s + jitter 100ms + 2 x timeout 1s + hold 2m + interval 2s + jitter 100ms + timeout 1s',
  ],
];

for (const [text, seconds, sum] of RECOVERIES)
  test(`a recovery under the check ${text} is noticed after ${seconds} s at worst`, () => {
    const bound = recoveryOf(checkOf(text));
    assert.deepEqual({ ...bound, seconds: Math.round(bound.seconds * 1000) / 1000 }, { seconds, sum });
  });
