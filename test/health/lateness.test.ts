import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatenessRecord } from '../../src/health/lateness.ts';

test('99 of 100 questions were no later than p99 says, which is a tenth too much at most', () => {
  const record = new LatenessRecord();
  for (let index = 1; index <= 1000; index++) record.add(index);
  const { questions, maxMs, p99Ms } = record.take();
  assert.deepEqual([questions, maxMs], [1000, 1000]);
  assert.ok(p99Ms >= 990 && p99Ms <= 1000, String(p99Ms));
});

test('every call begins anew', () => {
  const record = new LatenessRecord();
  record.add(5000);
  record.take();
  record.add(1);
  assert.equal(record.take().maxMs, 1);
  assert.deepEqual(record.take(), { questions: 0, maxMs: 0, p99Ms: 0 });
});
