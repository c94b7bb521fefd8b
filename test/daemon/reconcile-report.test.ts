import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Log, LogEvent } from '../../src/daemon/log-event.ts';
import { ReconcileReport } from '../../src/daemon/reconcile-report.ts';
import type { Target } from '../../src/daemon/target.ts';
import type { Hazard } from '../../src/plan/plan.ts';
import { desired, plan, server, service, tcp } from '../plan/build.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1')]);
const REFUSAL: Hazard = {
  guard: 'max-remove',
  subject: 'web',
  message: 'would lose 2 of 3 real servers',
  override: '--max-remove 67%',
  origin: null,
  allowed: false,
};

function target(digest: string): Target {
  return { desired: desired([WEB]), digest, files: [], revision: null };
}

/** A report, and how often it refused something aloud. */
function reporting() {
  const events: LogEvent[] = [];
  const say = (event: LogEvent) => void events.push(event);
  const log: Log = { debug: () => undefined, info: say, warn: say, error: say };
  const report = new ReconcileReport(log);
  const turn = (refused: readonly string[], kept: string) => {
    for (const digest of refused) report.refused(target(digest), { refused: [REFUSAL], kept: null });
    report.begin({ trigger: 'drift-timer', plan: plan([WEB], [WEB]), target: target(kept) });
    report.inSync();
  };
  return { turn, refusals: () => events.filter(({ event }) => event === 'refused').length };
}

test('a refusal is said once, however often the spec before it is found in sync', () => {
  const { turn, refusals } = reporting();
  for (let times = 0; times < 4; times += 1) turn(['new'], 'old');
  assert.equal(refusals(), 1);
});

test('two refusals in each turn are said once each', () => {
  const { turn, refusals } = reporting();
  for (let times = 0; times < 4; times += 1) turn(['new', 'newer'], 'old');
  assert.equal(refusals(), 2);
});

test('a spec that is refused again after another one was taken is news', () => {
  const { turn, refusals } = reporting();
  turn(['new'], 'old');
  turn([], 'other');
  turn(['new'], 'other');
  assert.equal(refusals(), 2);
});
