import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAppliedSpecStore } from '../../src/host/applied-spec-store.ts';
import type { SpecSource } from '../../src/model/spec-source.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const SPEC: SpecSource = {
  files: [{ name: 'web.lvs.yaml', text: 'version: 1\n' }],
  digest: 'c0ffee',
  revision: { commit: 'ab'.repeat(20), time: 1_763_820_000, dirty: false },
};

test('the text of the spec that holds is read back, for its digest alone', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openAppliedSpecStore({ directory });
  assert.equal(await store.read('c0ffee'), null);
  await store.write(SPEC);
  assert.deepEqual(await store.read('c0ffee'), SPEC);
  assert.equal(await store.read('another'), null);
  assert.equal(await store.read(null), null);
  assert.equal(statSync(join(directory, 'applied-spec.json')).mode & 0o777, 0o600);
});

test('the same spec is not written again', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openAppliedSpecStore({ directory });
  await store.write(SPEC);
  const before = statSync(join(directory, 'applied-spec.json')).ino;
  await store.write(SPEC);
  assert.equal(statSync(join(directory, 'applied-spec.json')).ino, before);
});

test('where nobody knows what holds, no file says otherwise', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openAppliedSpecStore({ directory });
  await store.write(SPEC);
  await store.write(null);
  await store.write(null);
  assert.deepEqual(readdirSync(directory), []);
});

for (const text of ['', '{"files":[]', JSON.stringify({ ...SPEC, files: [{ name: 'web.lvs.yaml' }] })])
  test(`half a stored spec is not known, and replaced by the next: ${text.slice(0, 30)}`, async (t) => {
    const directory = temporaryDirectory(t);
    const store = openAppliedSpecStore({ directory });
    writeFileSync(join(directory, 'applied-spec.json'), text);
    assert.equal(await store.read('c0ffee'), null);
    await store.write(SPEC);
    assert.deepEqual(await store.read('c0ffee'), SPEC);
  });
