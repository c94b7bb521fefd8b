import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DrainIntent, State } from '../../src/model/state.ts';
import type { VirtualService } from '../../src/model/table.ts';
import { stateAfter, stateBefore } from '../../src/plan/journal.ts';
import { restrictPlan } from '../../src/plan/subject.ts';
import { desired, live, owning, plan, server, service, type Sketch, tcp } from './build.ts';

const WEB = tcp('192.0.2.1');
const KEY = 'tcp 192.0.2.1:80';
const BEFORE = [service(WEB, [server('10.0.0.1'), server('10.0.0.2', 5)])];
const AFTER = [service(WEB, [server('10.0.0.1')])];
const QUIET = [service(WEB, [server('10.0.0.1'), server('10.0.0.2', 0)])];
const NOW = 500_000;
const DRAIN: DrainIntent = { service: KEY, server: '10.0.0.2:80', startedAt: 400_000, drainSeconds: 300, weight: 5 };

function drainsBefore(
  before: readonly VirtualService[],
  {
    after = AFTER,
    state = {},
    ...rest
  }: { after?: readonly Sketch[]; state?: Partial<State> } & Omit<NonNullable<Parameters<typeof plan>[2]>, 'state'>,
): readonly DrainIntent[] {
  const known = owning(before, state);
  return stateBefore(known, plan(before, after, { ...rest, state: known, now: NOW }), { now: NOW }).drains;
}

const busy = (before: readonly VirtualService[]) => live(before, { active: { '10.0.0.2:80': 1 } });

test('a drain is journaled before it begins, with the weight it takes away', () => {
  assert.deepEqual(drainsBefore(BEFORE, {}), [{ ...DRAIN, startedAt: NOW }]);
});

test('a server that was at weight 0 before anybody knew begins its drain when it is first seen', () => {
  assert.deepEqual(drainsBefore(QUIET, {}), [{ ...DRAIN, startedAt: NOW, weight: 0 }]);
});

test('a drain that is on keeps its start, its limit and its weight', () => {
  assert.deepEqual(drainsBefore(QUIET, { live: busy(QUIET), state: { drains: [DRAIN] } }), [DRAIN]);
});

test('a server that was raised during its drain begins anew, and keeps the weight of then', () => {
  const raised = [service(WEB, [server('10.0.0.1'), server('10.0.0.2', 3)])];
  assert.deepEqual(drainsBefore(raised, { state: { drains: [DRAIN] } }), [{ ...DRAIN, startedAt: NOW, weight: 3 }]);
});

test('a drain is not forgotten before its server is gone, in case we are gone first', () => {
  assert.deepEqual(drainsBefore(QUIET, { state: { drains: [DRAIN] } }), [DRAIN]);
  const gone = stateAfter(owning(AFTER, { drains: [DRAIN] }), live(AFTER), []);
  assert.deepEqual(gone.drains, []);
});

test('the drain of a server that comes back is remembered until the table shows its weight again', () => {
  assert.deepEqual(drainsBefore(QUIET, { after: BEFORE, state: { drains: [DRAIN] } }), [DRAIN]);
  const known = owning(BEFORE, { drains: [DRAIN] });
  const wanted = [{ key: KEY, name: 'web', servers: { '10.0.0.1:80': 'web-1', '10.0.0.2:80': 'web-2' } }];
  assert.deepEqual(stateAfter(known, live(QUIET), wanted).drains, [DRAIN], 'the edit did not come through');
  assert.deepEqual(stateAfter(known, live(BEFORE), wanted).drains, []);
});

test('a server whose spec says weight 0 stays, and drains no more', () => {
  assert.deepEqual(drainsBefore(QUIET, { after: QUIET, state: { drains: [DRAIN] } }), []);
});

test('a server that goes at once is not journaled', () => {
  assert.deepEqual(drainsBefore(BEFORE, { drainSeconds: 0 }), []);
});

test('another --drain than the one it began with is what the next run goes by', () => {
  const shorter = drainsBefore(QUIET, { live: busy(QUIET), state: { drains: [DRAIN] }, drainSeconds: 150 });
  assert.deepEqual(shorter, [{ ...DRAIN, drainSeconds: 150 }]);
  const longer = drainsBefore(QUIET, { live: busy(QUIET), state: { drains: [DRAIN] }, drainSeconds: 3600 });
  assert.deepEqual(longer, [{ ...DRAIN, drainSeconds: 3600 }]);
});

test('a drain that is on goes on although a part of the plan leaves its service out', () => {
  const state = owning(QUIET, { drains: [DRAIN] });
  const whole = plan(QUIET, AFTER, { state, now: NOW, live: busy(QUIET) });
  const part = restrictPlan(whole, new Set(), new Set([KEY]));
  assert.deepEqual(stateBefore(state, part, { now: NOW, whole }).drains, [DRAIN]);
});

test('a drain that is not part of what is done now is not begun', () => {
  const state = owning(BEFORE);
  const whole = plan(BEFORE, AFTER, { state, now: NOW });
  assert.deepEqual(stateBefore(state, restrictPlan(whole, new Set(), new Set()), { now: NOW, whole }).drains, []);
});

test('a service is ours before it is made, when it is taken over, and until it is gone', () => {
  const fresh = service(tcp('192.0.2.2'), [server('10.0.0.1')]);
  const foreign = service(tcp('192.0.2.3'), [server('10.0.0.1')]);
  const state = owning(BEFORE);
  const made = plan([...BEFORE, foreign], [fresh, foreign], { state });
  const before = stateBefore(state, made, { now: NOW });
  const keys = ({ owned }: State) => owned.map(({ key }) => key).sort();
  assert.deepEqual(keys(before), [KEY, 'tcp 192.0.2.2:80', 'tcp 192.0.2.3:80']);
  assert.deepEqual(keys(stateAfter(before, live([...BEFORE, foreign]), before.owned.slice(1))), keys(before));
  assert.deepEqual(keys(stateAfter(before, live([fresh, foreign]), before.owned.slice(1))), [
    'tcp 192.0.2.2:80',
    'tcp 192.0.2.3:80',
  ]);
});

test('a foreign service that is pruned is ours from then on, so that whoever goes on ends it', () => {
  const foreign = service(tcp('192.0.2.3'), [server('10.0.0.9')]);
  const state = owning(AFTER);
  const pruned = plan([...AFTER, foreign], AFTER, { state, permissions: { prune: ['tcp 192.0.2.3:80'] } });
  const before = stateBefore(state, pruned, { now: NOW });
  assert.deepEqual(
    before.owned.map(({ key }) => key),
    [KEY, 'tcp 192.0.2.3:80'],
  );
  const quiet = [...AFTER, service(tcp('192.0.2.3'), [server('10.0.0.9', 0)])];
  const next = plan(quiet, AFTER, { state: before, now: NOW + 5000 });
  assert.deepEqual(
    next.steps.map(({ operation }) => operation.op),
    ['delete-server', 'delete-service'],
  );
});

test('a service that leaves keeps the names of its servers while they drain', () => {
  const named: State = { ...owning([]), owned: [{ key: KEY, name: 'web', servers: { '10.0.0.1:80': 'web-1' } }] };
  const leaving = plan(BEFORE, [service(tcp('192.0.2.2'), [server('10.0.0.1')])], { state: named });
  assert.deepEqual(stateBefore(named, leaving, { now: NOW }).owned[0], named.owned[0]);
});

test('a service that the spec gives to keepalived stays as it is, is ours no more, and is not removed later', () => {
  const state = owning(BEFORE);
  const theirs = { ...(BEFORE[0] as VirtualService), servers: [server('10.0.0.7')], owner: 'keepalived' as const };
  const given = plan(BEFORE, [theirs], { state });
  assert.deepEqual(given.changes, []);
  assert.deepEqual(
    given.released.map(({ key }) => key),
    [KEY],
  );
  const after = stateAfter(stateBefore(state, given, { now: NOW }), live(BEFORE), [{ key: KEY, name: 'service-1' }]);
  assert.deepEqual(after.owned, []);
  const gone = plan(BEFORE, [], { state: after, desired: desired([]) });
  assert.deepEqual(gone.changes, []);
});
