import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { OverrideReport } from '../../src/daemon/override-report.ts';
import type { Override } from '../../src/model/override.ts';
import type { Decided } from '../../src/plan/hand-outcome.ts';
import { DRAIN, override } from '../plan/override.ts';

const NOTHING = { servers: [], left: [], problems: [], notices: [], hazards: [], ruledBy: [], theirs: [] };
const ALICE = { pid: 4711, uid: 1000 };

function report() {
  const said: string[] = [];
  const events: LogEvent[] = [];
  const say = (event: LogEvent) => {
    events.push(event);
    said.push(event.event === 'override' ? `${event.result} ${event.id}` : event.event);
  };
  return { report: new OverrideReport({ debug: say, info: say, warn: say, error: say }), said, events };
}

const drained = (id: string, rest: Partial<Override> = {}) => override('web/web-1', DRAIN, { id, ...rest });
const decided = (one: Override, rest: Partial<Decided> = {}): Decided => ({
  ...{ kind: 'set', override: one, replaced: null, isNew: true, ...NOTHING },
  ...rest,
});

test('what stands when the daemon starts, and what others write, is said once', () => {
  const { report: hands, said } = report();
  for (let turn = 0; turn < 3; turn += 1) hands.seen([drained('o1')], 0);
  for (let turn = 0; turn < 3; turn += 1) hands.seen([drained('o1'), drained('o2')], 0);
  hands.seen([drained('o2')], 0);
  assert.deepEqual(said, ['stands o1', 'stands o2', 'ended o1']);
});

test('what it was asked for itself is said once, with who asked', () => {
  const { report: hands, said, events } = report();
  const one = drained('o1', { reason: 'CHG-1182', expiresAt: 60_000 });
  hands.set(decided(one), ALICE);
  hands.seen([one], 0);
  hands.set(decided(one, { isNew: false }), ALICE);
  hands.set(decided(drained('o2'), { replaced: one }), ALICE);
  hands.seen([drained('o2')], 0);
  hands.ended({ kind: 'ended', override: drained('o2'), ...NOTHING }, null);
  hands.seen([], 0);
  assert.deepEqual(said, ['set o1', 'set o2', 'ended o2']);
  assert.deepEqual(events[0], {
    ...{ event: 'override', result: 'set', id: 'o1', subject: 'web/web-1', what: 'drained', author: 'alice' },
    ...{ reason: 'CHG-1182', until: '1970-01-01T00:01:00.000Z', pid: 4711, uid: 1000 },
  });
});

test('one whose time is over is said once, and stands again where the clock is set back', () => {
  const { report: hands, said } = report();
  const one = drained('o1', { expiresAt: 60_000 });
  hands.seen([one, drained('o2')], 0);
  assert.equal(hands.nextEnd, 60_000);
  for (let turn = 0; turn < 3; turn += 1) hands.seen([one, drained('o2')], 60_000);
  assert.equal(hands.nextEnd, null);
  hands.seen([one, drained('o2')], 59_999);
  assert.deepEqual(said, ['stands o1', 'stands o2', 'expired o1', 'stands o1']);
});
