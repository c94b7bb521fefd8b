import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openHistoryStore } from '../../src/host/history-store.ts';
import type { HistoryEntry } from '../../src/model/history.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const ENTRY: HistoryEntry = {
  at: Date.UTC(2026, 10, 22, 14, 3, 40, 512),
  author: 'alice',
  verb: 'apply',
  spec: { digest: 'ab'.repeat(32), revision: { commit: 'cd'.repeat(20), time: 1_763_820_000, dirty: false } },
  snapshot: '20261122T140340Z',
  counts: { done: 1, failed: 1, skipped: 1 },
  steps: [{ text: 'add service web tcp 203.0.113.10:80', result: 'failed', message: 'Memory allocation problem' }],
  conf: { action: 'update', result: 'rolled-back' },
  result: 'failed',
  problem: 'web was master and is backup',
};

test('entries are read back whole, the newest first, from a file for its owner alone', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openHistoryStore({ directory });
  assert.deepEqual(await store.read(), []);
  const next: HistoryEntry = { ...ENTRY, at: ENTRY.at + 1, spec: null, snapshot: null, conf: null, steps: [] };
  await store.append(ENTRY);
  await store.append(next);
  assert.deepEqual(await store.read(), [next, ENTRY]);
  assert.equal(statSync(join(directory, 'history.ndjson')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(directory, 'history.ndjson'), 'utf8'), /^\{"time":"2026-11-22T14:03:40.512Z",/);
});

test('what a killed writer left at any length costs no entry but its own', async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'history.ndjson');
  const store = openHistoryStore({ directory });
  await store.append(ENTRY);
  const whole = readFileSync(path, 'utf8');
  for (let length = 0; length <= whole.length; length += 29) {
    writeFileSync(path, whole + whole.slice(0, length));
    await store.append({ ...ENTRY, author: 'bob' });
    assert.deepEqual(
      (await store.read()).map(({ author }) => author),
      ['bob', 'alice'],
      `${length} characters`,
    );
  }
});

test('a file that is too large loses its older half, and no half line stays', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openHistoryStore({ directory, mostBytes: 20_000 });
  for (let n = 1; n <= 100; n += 1) await store.append({ ...ENTRY, at: n });
  const entries = await store.read();
  assert.deepEqual([entries[0]?.at, entries.length > 10, entries.length < 60], [100, true, true]);
  const size = statSync(join(directory, 'history.ndjson')).size;
  assert.ok(size <= 21_000, `${size} bytes`);
  assert.equal(readFileSync(join(directory, 'history.ndjson'), 'utf8').trimEnd().split('\n').length, entries.length);
});

test('lines that this lvsctl does not understand are left out', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openHistoryStore({ directory });
  await store.append(ENTRY);
  for (const other of [{ verb: 'dance' }, { time: 'today' }, { counts: {} }, { steps: [1] }, { result: 'maybe' }]) {
    const line = JSON.parse(readFileSync(join(directory, 'history.ndjson'), 'utf8').split('\n')[0] ?? '') as object;
    appendFileSync(join(directory, 'history.ndjson'), `${JSON.stringify({ ...line, ...other })}\n`);
  }
  assert.deepEqual(await store.read(), [ENTRY]);
});
