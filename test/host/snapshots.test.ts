import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { type Snapshot, snapshots } from '../../src/host/snapshots.ts';
import { emptyState } from '../../src/model/state.ts';
import { DRAIN, override } from '../plan/override.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const snapshot: Snapshot = {
  table: '-A -t 203.0.113.10:443 -s wrr\n-a -t 203.0.113.10:443 -r 10.0.0.21:443 -g -w 1\n',
  state: { ...emptyState, owned: [{ key: 'tcp 203.0.113.10:443', name: 'web-https' }] },
  takenAt: Date.UTC(2026, 10, 22, 14, 3, 40, 512),
  reason: 'apply',
  timeouts: { tcp: 900, tcpFin: 120, udp: 300 },
  syncDaemons: [
    { role: 'master', interface: 'eth0', syncId: 51, maxLength: 0, group: '224.0.0.81', port: 8848, ttl: 1 },
  ],
  conf: { path: '/etc/keepalived/keepalived.conf', text: 'global_defs {\n}\n' },
  overrides: { issued: 3, list: [override('web/web-1', DRAIN)] },
  spec: {
    files: [{ name: 'web.lvs.yaml', text: 'version: 1\n' }],
    digest: 'ab'.repeat(32),
    revision: { commit: 'cd'.repeat(20), time: 1_763_820_000, dirty: true },
  },
  pruned: ['tcp 203.0.113.9:8443'],
};

/** What a snapshot does not know. */
const UNKNOWN = { timeouts: null, syncDaemons: null, conf: null, overrides: null, spec: null, pruned: [] } as const;

test('a snapshot is named for its second and read back whole', async (t) => {
  const store = snapshots({ directory: temporaryDirectory(t) });
  const id = await store.save(snapshot);
  assert.equal(id, '20261122T140340Z');
  assert.deepEqual(await store.load(id), { id, ...snapshot });
});

test('a snapshot may lack what nobody knew then', async (t) => {
  const store = snapshots({ directory: temporaryDirectory(t) });
  const bare = { ...snapshot, ...UNKNOWN, conf: { path: '/etc/keepalived/keepalived.conf', text: null } };
  const id = await store.save(bare);
  assert.deepEqual(await store.load(id), { id, ...bare });
});

test('a snapshot of an older lvsctl, of table and state alone, is still read', async (t) => {
  const directory = temporaryDirectory(t);
  const store = snapshots({ directory });
  const id = await store.save(snapshot);
  const path = join(directory, 'snapshots', `${id}.json`);
  const written = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const { table, state, takenAt, reason } = written;
  writeFileSync(path, JSON.stringify({ table, state, takenAt, reason }));
  assert.deepEqual(await store.load(id), { id, ...snapshot, ...UNKNOWN });
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

test('one that may have to be restored is kept, however old it is', async (t) => {
  const directory = temporaryDirectory(t);
  const oldest = await snapshots({ directory }).save(snapshot);
  const store = snapshots({ directory, pinned: async () => oldest });
  for (let n = 1; n <= 52; n += 1) await store.save({ ...snapshot, takenAt: snapshot.takenAt + n * 1000 });
  assert.equal((await store.list()).length, 51);
  assert.equal((await store.load(oldest)).id, oldest);
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

const DAMAGES: readonly object[] = [
  { table: null },
  { state: { owned: [] } },
  { conf: { path: 7 } },
  { spec: { files: [{}] } },
  { pruned: [1] },
  { syncDaemons: [{ role: 'third' }] },
];

test('a damaged snapshot is an error and never an empty table', async (t) => {
  const directory = temporaryDirectory(t);
  const store = snapshots({ directory });
  const id = await store.save(snapshot);
  const path = join(directory, 'snapshots', `${id}.json`);
  const whole = JSON.parse(readFileSync(path, 'utf8')) as object;
  const texts = DAMAGES.map((damage) => JSON.stringify({ ...whole, ...damage }));
  for (const text of ['', '{}', ...texts]) {
    writeFileSync(path, text);
    await assert.rejects(store.load(id), OperationError, text);
  }
});

test('a snapshot that cannot be written is an error', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'snapshots'), 'in the way');
  await assert.rejects(snapshots({ directory }).save(snapshot), /Cannot write .*snapshots.*20261122T140340Z\.json/);
});
