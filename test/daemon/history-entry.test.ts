import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StepResult } from '../../src/daemon/execute.ts';
import { historyEntry } from '../../src/daemon/history-entry.ts';
import { plan, server, service, tcp } from '../plan/build.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1')]);
const STEPS = plan([], [{ ...WEB, name: 'web' }]).steps;
const results = (kind: StepResult['result'], message = ''): StepResult[] =>
  STEPS.map((step) => ({ step, result: kind, message, isRace: false }));
const ABOUT = { at: 7, author: 'alice', verb: 'apply', snapshot: null } as const;
const source = { files: [{ name: 'web.lvs.yaml', text: 'version: 1' }], digest: 'c0ffee', revision: null };
const ending = (list: readonly StepResult[], interruption: unknown = null) => ({
  outcome: { results: list, interruption },
  conf: null,
  result: 'done' as const,
});

test('an entry counts what was done and names it, and keeps no text of the spec', () => {
  const entry = historyEntry(ending([...results('done'), ...results('failed', 'No space')]), { ...ABOUT, source });
  assert.deepEqual(entry?.counts, { done: 2, failed: 2, skipped: 0 });
  assert.deepEqual(entry?.steps[0], { text: 'add service web tcp 192.0.2.1:80', result: 'done', message: '' });
  assert.equal(entry?.steps[2]?.message, 'No space');
  assert.deepEqual(entry?.spec, { digest: 'c0ffee', revision: null });
});

test('of ten thousand steps the first hundred are kept, and all are counted', () => {
  const many = Array.from({ length: 5000 }, () => results('done')).flat();
  const entry = historyEntry(ending(many), { ...ABOUT, source });
  assert.deepEqual([entry?.counts.done, entry?.steps.length], [10_000, 100]);
});

test('a run that changed nothing is none, and one that broke off before its first step is', () => {
  assert.equal(historyEntry(ending([]), { ...ABOUT, source }), null);
  assert.equal(historyEntry(ending([], new Error('no disk')), { ...ABOUT, source })?.problem, 'no disk');
});

test('what keepalived said of its file is the problem', () => {
  const change = { director: 'lb1', path: '/k.conf', action: 'update', before: 'a', after: 'b' } as const;
  const conf = {
    change: { ...change, isForeign: false, impacts: [], handedOver: [] },
    end: { result: 'rolled-back', reasons: ['no master', 'no VIP'] } as const,
  };
  const entry = historyEntry({ ...ending([]), conf, result: 'failed' }, { ...ABOUT, source: null });
  assert.deepEqual([entry?.conf, entry?.problem], [{ action: 'update', result: 'rolled-back' }, 'no master; no VIP']);
});
