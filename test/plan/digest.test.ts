import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live, plan, server, service, tcp } from './build.ts';

const VIP = tcp('192.0.2.1');
const [A, B, C] = [server('10.0.0.1'), server('10.0.0.2'), server('10.0.0.3')] as const;
const before = [service(VIP, [A, B])];
const after = [service(VIP, [A, C], { scheduler: 'rr' })];
const approved = plan(before, after).digest;

test('a digest stays while only time passes and connections come and go', () => {
  assert.equal(
    plan(before, after, { now: 86_400_000, live: live(before, { active: { '10.0.0.2:80': 99 } }) }).digest,
    approved,
  );
});

test('a digest stays while the drains of the plan go on', () => {
  const draining = [service(VIP, [A, { ...B, weight: 0 }])];
  assert.equal(plan(draining, after).digest, approved);
});

const MOVES = [
  ['another scheduler is live', [service(VIP, [A, B], { scheduler: 'sed' })]],
  ['a server that was to be added is there', [service(VIP, [A, B, C])]],
  ['a server that was to go is gone', [service(VIP, [A])]],
  ['a server that was to stay has another weight', [service(VIP, [{ ...A, weight: 9 }, B])]],
  ['a server that nobody knew is there', [service(VIP, [A, B, server('10.0.0.9')])]],
  ['the service is gone', []],
] as const;

for (const [claim, moved] of MOVES)
  test(`a digest changes when ${claim}`, () => {
    assert.notEqual(plan(moved, after).digest, approved);
  });

test('a digest stays when a foreign service moves', () => {
  const foreign = service(tcp('203.0.113.9', 25), [A]);
  assert.equal(plan(before, after, { live: live([...before, foreign]) }).digest, approved);
});
