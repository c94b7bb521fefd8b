import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Armed } from '../../src/model/trial.ts';
import { armedText, takenBackText, trialText } from '../../src/view/trial-text.ts';

const NOON = Date.UTC(2026, 10, 22, 12, 0, 0);
const ARMED: Armed = {
  ...{ kind: 'armed', id: 7, snapshot: '20261122T120000Z', specDigest: 'c0ffee', author: 'alice', seconds: 120 },
  ...{ since: { boot: 'a', seconds: 10 }, until: NOON + 120_000 },
  keepalived: { isWanted: true, pidFile: null, reloadCommand: null },
};
const at = (seconds: number, boot = 'a') => ({ boot: { boot, seconds }, now: NOON });

test('where nothing waits, nothing is said', () => {
  assert.equal(trialText({ kind: 'none' }, at(0)), '');
});

test('whoever looks is told who waits for what, and until when, and when it is over', () => {
  assert.match(
    trialText(ARMED, at(20)),
    /^Not final yet: the apply of alice waits for `lvsctl confirm` until 12:02:00Z;/,
  );
  assert.match(trialText(ARMED, at(200)), /^Overdue: the apply of alice was not confirmed in time\./);
  assert.match(trialText(ARMED, at(20, 'b')), /^Overdue: .* before the host was rebooted\./);
});

test('a time of another day has its day', () => {
  const tomorrow = armedText({ ...ARMED, until: NOON + 86_400_000 }, NOON);
  assert.match(tomorrow, /before 2026-11-23 12:00:00Z, or snapshot 20261122T120000Z is restored\.$/);
  const yesterday = {
    kind: 'taken-back',
    id: 7,
    snapshot: 'x',
    author: 'a',
    at: NOON - 86_400_000,
    why: 'timeout',
  } as const;
  assert.match(takenBackText(yesterday, NOON), /was restored at 2026-11-21 12:00:00Z, since nobody confirmed/);
});

test('a name cannot move the cursor', () => {
  assert.ok(!trialText({ ...ARMED, author: 'al\u001b[2Jice' }, at(20)).includes('\u001b'));
});
