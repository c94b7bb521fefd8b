import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { openStateStore } from '../../src/host/state-store.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { runUnprivileged } from './unprivileged.ts';

const full: State = {
  owned: [{ key: 'tcp 203.0.113.10:443', name: 'web-https', servers: { '10.0.0.21:443': 'web-1' }, pool: 'web' }],
  drains: [
    {
      service: 'tcp 203.0.113.10:443',
      server: '10.0.0.21:443',
      startedAt: 1_790_000_000_123,
      drainSeconds: 300,
      weight: 2147483647,
    },
  ],
  generation: 7,
  specTime: 1_790_000_000,
  pendingConf: { digest: 'c0ffee', handedOver: ['tcp 203.0.113.10:25'] },
  maintenance: { since: 1_700_000_000_000, author: 'ops', reason: 'kernel upgrade' },
  specDigest: 'sha256:00',
  attemptedSpec: 'sha256:01',
  rejectedSpec: 'sha256:02',
  appliedAt: 1_790_000_001_000,
};

test('a state that is written is read back, from a directory that did not exist', async (t) => {
  const directory = join(temporaryDirectory(t), 'a', 'b');
  await openStateStore({ directory }).write(full);
  assert.deepEqual(await openStateStore({ directory }).read(), { state: full, setAside: null, reason: null });
  assert.equal(statSync(join(directory, 'state.json')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(directory), ['state.json']);
});

test('a state of before there was keepalived or maintenance is read', async (t) => {
  const directory = temporaryDirectory(t);
  const { pendingConf: _conf, maintenance: _maintenance, ...old } = full;
  writeFileSync(join(directory, 'state.json'), JSON.stringify({ version: 1, ...old }));
  const { state } = await openStateStore({ directory }).read();
  assert.deepEqual(state, { ...full, pendingConf: null, maintenance: null });
});

test('nothing stored yet is the empty state', async (t) => {
  const store = openStateStore({ directory: join(temporaryDirectory(t), 'absent') });
  assert.deepEqual(await store.read(), { state: emptyState, setAside: null, reason: null });
});

test('a state of an older lvsctl names a file that is about to be loaded by its digest alone', async (t) => {
  const directory = temporaryDirectory(t);
  writeFileSync(join(directory, 'state.json'), JSON.stringify({ version: 1, ...full, pendingConf: 'c0ffee' }));
  const { state } = await openStateStore({ directory }).read();
  assert.deepEqual(state.pendingConf, { digest: 'c0ffee', handedOver: [] });
});

test('writes that overlap end with the last one', async (t) => {
  const store = openStateStore({ directory: temporaryDirectory(t) });
  await Promise.all(Array.from({ length: 20 }, (_, generation) => store.write({ ...full, generation })));
  assert.equal((await store.read()).state.generation, 19);
});

test('a write after a failed one succeeds', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openStateStore({ directory });
  mkdirSync(join(directory, 'state.json.tmp'));
  await assert.rejects(store.write(full), OperationError);
  rmdirSync(join(directory, 'state.json.tmp'));
  await store.write(full);
  assert.deepEqual((await store.read()).state, full);
});

const DAMAGED: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /not JSON/],
  ['cut off', '{"version":1,"owned":[{"key":"tcp', /not JSON/],
  ['no object', '[]', /the document is not an object/],
  ['of a version that never was', JSON.stringify({ version: 0, ...full }), /version is 0, this lvsctl reads 1/],
  ['without a version', JSON.stringify(full), /version is undefined/],
  ['without drains', JSON.stringify({ version: 1, ...full, drains: undefined }), /"drains" is not a list/],
  ['with an owner that is a text', JSON.stringify({ version: 1, ...full, owned: ['x'] }), /entry of "owned"/],
  ['with a weight below 0', damagedDrain({ weight: -1 }), /"weight" is not a number from 0/],
  ['with a start that is a text', damagedDrain({ startedAt: 'today' }), /"startedAt" is not a number/],
  ['without a generation', JSON.stringify({ version: 1, ...full, generation: undefined }), /"generation"/],
];

function damagedDrain(fields: object): string {
  return JSON.stringify({ version: 1, ...full, drains: [{ ...full.drains[0], ...fields }] });
}

for (const [what, text, reason] of DAMAGED) {
  test(`a state file ${what} is set aside, with the reason, and not lost`, async (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'state.json'), text);
    const { state, setAside, reason: seen } = await openStateStore({ directory }).read();
    assert.deepEqual(state, emptyState);
    assert.equal(setAside, join(directory, 'state.json.corrupt-1'));
    assert.match(seen ?? '', reason);
    assert.equal(readFileSync(setAside ?? '', 'utf8'), text);
    assert.deepEqual(readdirSync(directory), ['state.json.corrupt-1']);
  });
}

test('a second damaged file does not overwrite the first', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openStateStore({ directory });
  for (const text of ['first', 'second']) {
    writeFileSync(join(directory, 'state.json'), text);
    await store.read();
  }
  assert.equal(readFileSync(join(directory, 'state.json.corrupt-1'), 'utf8'), 'first');
  assert.equal(readFileSync(join(directory, 'state.json.corrupt-2'), 'utf8'), 'second');
});

test('a state that may not be read is an error, not an empty state', async (t) => {
  const directory = temporaryDirectory(t);
  chmodSync(directory, 0o755);
  await openStateStore({ directory }).write(full);
  chmodSync(join(directory, 'state.json'), 0o000);
  const printed = runUnprivileged(`
    import { openStateStore } from '../../src/host/state-store.ts';
    await openStateStore({ directory: ${JSON.stringify(directory)} }).read().then(
      (read) => console.log('read', read), (error) => console.log(error.name + ': ' + error.message));`);
  assert.match(printed, /^OperationError: Cannot read the state in .*state\.json: permission denied$/);
});

test('a state directory that may not be written is an error that names it', async (t) => {
  const directory = temporaryDirectory(t);
  chmodSync(directory, 0o555);
  const printed = runUnprivileged(`
    import { openStateStore } from '../../src/host/state-store.ts';
    import { emptyState } from '../../src/model/state.ts';
    await openStateStore({ directory: ${JSON.stringify(directory)} }).write(emptyState).then(
      () => console.log('written'), (error) => console.log(error.name + ': ' + error.message));`);
  assert.match(printed, /^OperationError: Cannot write .*state\.json: permission denied$/);
});
