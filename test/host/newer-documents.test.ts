import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { EXIT, OperationError } from '../../src/errors.ts';
import { openAppliedSpecStore } from '../../src/host/applied-spec-store.ts';
import { openHistoryStore } from '../../src/host/history-store.ts';
import { openOverrideStore } from '../../src/host/override-store.ts';
import { refuseNewer } from '../../src/host/refuse-newer.ts';
import { snapshots } from '../../src/host/snapshots.ts';
import { openStateStore } from '../../src/host/state-store.ts';
import { openTrialStore } from '../../src/host/trial-store.ts';
import { temporaryDirectory } from './temporary-directory.ts';

type Json = Record<string, unknown>;

/** A state directory as this lvsctl has it, but for one file that is as `change` makes it. */
function changed(t: TestContext, name: string, change: (document: Json) => Json): string {
  const directory = temporaryDirectory(t);
  cpSync(join(import.meta.dirname, '../fixtures/stored/without-versions'), directory, { recursive: true });
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Json)));
  return directory;
}

function content(directory: string): Json {
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(names.map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')]));
}

function isRefusal(error: unknown, name: string, reason: RegExp): true {
  assert.ok(error instanceof OperationError, String(error));
  assert.equal(error.exitCode, EXIT.failed);
  assert.ok(error.message.startsWith('A newer lvsctl wrote the ') && error.message.includes(name), error.message);
  assert.match(error.message, reason);
  assert.match(
    error.hints.join(' '),
    /Run that lvsctl again, or a newer one.* To stay with this one, move the file away/,
  );
  return true;
}

const FILES: readonly (readonly [name: string, use: (directory: string) => Promise<unknown>])[] = [
  ['state.json', (directory) => openStateStore({ directory }).read()],
  ['overrides.json', (directory) => openOverrideStore({ directory }).read()],
  ['armed.json', (directory) => openTrialStore({ directory }).read()],
  ['applied-spec.json', (directory) => openAppliedSpecStore({ directory }).read('ab'.repeat(32))],
  ['applied-spec.json', (directory) => openAppliedSpecStore({ directory }).write(null)],
];

const NEWER: readonly (readonly [what: string, change: (document: Json) => Json, reason: RegExp])[] = [
  ['has a higher version', (document) => ({ ...document, version: 2 }), /version is 2, this lvsctl reads 1/],
  ['has a higher version and other fields', () => ({ version: 2 }), /version is 2, this lvsctl reads 1/],
  [
    'says more',
    (document) => ({ ...document, until_reboot: false }),
    /it has "until_reboot", which this lvsctl does not/,
  ],
];

for (const [what, change, reason] of NEWER)
  for (const [index, [name, use]] of FILES.entries())
    test(`${name} that ${what} is neither used, nor moved, nor written over (${index + 1})`, async (t) => {
      const directory = changed(t, name, change);
      const before = content(directory);
      await assert.rejects(use(directory), (error) => isRefusal(error, name, reason));
      await assert.rejects(refuseNewer(directory), (error) => isRefusal(error, name, reason));
      assert.deepEqual(content(directory), before);
    });

test('what is said of one override, deep in the file, is not dropped either', async (t) => {
  const add = (override: Json) => ({ ...override, only: { between: '22:00-06:00' } });
  const directory = changed(t, 'overrides.json', (document) => ({
    ...document,
    overrides: (document.overrides as Json[]).map(add),
  }));
  await assert.rejects(openOverrideStore({ directory }).read(), (error) =>
    isRefusal(error, 'overrides.json', /it has "overrides\.0\.only", which this lvsctl does not know/),
  );
});

test('a copy of the overrides that a newer lvsctl wrote is not written over, even where the file itself is gone', async (t) => {
  const directory = changed(t, 'overrides.json.last', (document) => ({ ...document, version: 2 }));
  writeFileSync(join(directory, 'overrides.json'), '{');
  const before = content(directory);
  await assert.rejects(openOverrideStore({ directory }).read(), (error) =>
    isRefusal(error, 'overrides.json.last', /version is 2/),
  );
  assert.deepEqual(content(directory), before);
});

test('a field that says nothing is no reason to refuse: one can go back from a newer lvsctl that did not use it', async (t) => {
  const directory = changed(t, 'state.json', (document) => ({ ...document, standby: null }));
  assert.equal((await openStateStore({ directory }).read()).state.generation, 7);
  await refuseNewer(directory);
});

test('damage is left to the store that knows what to do about it', async (t) => {
  const directory = changed(t, 'state.json', () => ({}));
  await refuseNewer(directory);
  assert.equal((await openStateStore({ directory }).read()).setAside, join(directory, 'state.json.corrupt-1'));
});

const SNAPSHOT = 'snapshots/20251122T140340Z.json';
const INSIDE: readonly (readonly [what: string, change: (document: Json) => Json])[] = [
  ['itself', (document) => ({ ...document, version: 2 })],
  ['more than we know', (document) => ({ ...document, nftables: 'table ip lvs' })],
  ['a newer state', (document) => ({ ...document, state: { ...(document.state as Json), version: 2 } })],
  ['newer overrides', (document) => ({ ...document, overrides: { ...(document.overrides as Json), version: 2 } })],
];

for (const [what, change] of INSIDE)
  test(`a snapshot that a newer lvsctl took (${what}) is not gone back to by half, and stays on the list`, async (t) => {
    const store = snapshots({ directory: changed(t, SNAPSHOT, change) });
    await assert.rejects(store.load(), (error) => {
      assert.ok(error instanceof OperationError);
      assert.match(
        error.message,
        /^Cannot read the snapshot .*(version is 2, this lvsctl reads 1|"nftables", which this)/,
      );
      assert.match(error.hints.join(' '), /A newer lvsctl took it, and can go back to it/);
      return true;
    });
    assert.deepEqual(await store.list(), ['20251122T140340Z']);
  });

test('lines of history that a newer lvsctl wrote stay in the file, for that one to read', async (t) => {
  const directory = temporaryDirectory(t);
  cpSync(join(import.meta.dirname, '../fixtures/stored/without-versions'), directory, { recursive: true });
  const path = join(directory, 'history.ndjson');
  const line = `${JSON.stringify({ time: '2027-01-01T00:00:00.000Z', verb: 'balance', moved: 3 })}\n`;
  writeFileSync(path, line + readFileSync(path, 'utf8'));
  const store = openHistoryStore({ directory });
  const [entry] = await store.read();
  assert.ok(entry);
  await store.append(entry);
  assert.ok(readFileSync(path, 'utf8').startsWith(line));
  assert.equal((await store.read()).length, 2);
});
