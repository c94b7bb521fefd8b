import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { type Snapshot, snapshots } from '../../src/host/snapshots.ts';
import { emptyState } from '../../src/model/state.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const snapshot: Snapshot = {
  table: '-A -t 203.0.113.10:443 -s wrr\n-a -t 203.0.113.10:443 -r 10.0.0.21:443 -g -w 1\n',
  state: { ...emptyState, owned: [{ key: 'tcp 203.0.113.10:443', name: 'web-https' }] },
  takenAt: Date.UTC(2026, 10, 22, 14, 3, 40, 512),
  reason: 'apply',
};

test('a snapshot is named for its second and read back whole', async (t) => {
  const store = snapshots({ directory: temporaryDirectory(t) });
  const id = await store.save(snapshot);
  assert.equal(id, '20261122T140340Z');
  assert.deepEqual(await store.load(id), { id, ...snapshot });
});

test('snapshots of one second are told apart by a number, and the last of them is the newest', async (t) => {
  const store = snapshots({ directory: temporaryDirectory(t) });
  for (let n = 1; n <= 11; n += 1) await store.save({ ...snapshot, reason: `number ${n}` });
  assert.deepEqual((await store.list()).slice(0, 2), ['20261122T140340Z-11', '20261122T140340Z-10']);
  assert.equal((await store.list()).at(-1), '20261122T140340Z');
  assert.equal((await store.load()).reason, 'number 11');
  assert.equal((await store.load('20261122T140340Z')).reason, 'number 1');
});

test('the newest 50 are kept, and nothing unfinished', async (t) => {
  const directory = temporaryDirectory(t);
  const store = snapshots({ directory });
  await store.save(snapshot);
  writeFileSync(join(directory, 'snapshots', '20261122T140339Z.json.tmp'), 'half');
  for (let n = 1; n <= 54; n += 1) await store.save({ ...snapshot, takenAt: snapshot.takenAt + n * 1000 });
  const ids = await store.list();
  assert.equal(ids.length, 50);
  assert.equal(ids[0], '20261122T140434Z');
  assert.equal(ids.at(-1), '20261122T140345Z');
  assert.equal(readdirSync(join(directory, 'snapshots')).length, 50);
});

test('an unknown snapshot is an error that lists the ones there are', async (t) => {
  const store = snapshots({ directory: temporaryDirectory(t) });
  await assert.rejects(store.load(), /^OperationError: There is no snapshot in /);
  await store.save(snapshot);
  await assert.rejects(store.load('../../etc/passwd'), (error: OperationError) => {
    assert.match(error.message, /There is no snapshot "\.\.\/\.\.\/etc\/passwd"/);
    assert.deepEqual(error.hints, ['There is, newest first: 20261122T140340Z.']);
    return true;
  });
});

test('a damaged snapshot is an error and never an empty table', async (t) => {
  const directory = temporaryDirectory(t);
  const store = snapshots({ directory });
  const id = await store.save(snapshot);
  for (const text of ['', '{}', JSON.stringify({ ...snapshot, table: null })]) {
    writeFileSync(join(directory, 'snapshots', `${id}.json`), text);
    await assert.rejects(store.load(id), OperationError);
  }
});

test('a snapshot that cannot be written is an error', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'snapshots'), 'in the way');
  await assert.rejects(snapshots({ directory }).save(snapshot), /Cannot write .*snapshots.*20261122T140340Z\.json/);
});
