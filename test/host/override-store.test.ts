import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { openOverrideStore } from '../../src/host/override-store.ts';
import { noOverrides, type Override, type Overrides } from '../../src/model/override.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const drained: Override = {
  id: 'o3',
  target: { kind: 'server', service: 'web', server: 'web-2' },
  action: { kind: 'drain' },
  reason: 'CHG-1182 "kernel"',
  author: 'alice',
  createdAt: 1_790_000_000_123,
  expiresAt: 1_790_003_600_000,
};
const full: Overrides = {
  issued: 6,
  list: [
    drained,
    { ...drained, id: 'o4', target: { kind: 'pool', pool: 'web' }, action: { kind: 'disable' }, expiresAt: null },
    { ...drained, id: 'o5', action: { kind: 'weight', weight: 2147483647 }, reason: null },
    {
      ...drained,
      id: 'o6',
      target: { kind: 'address', address: '2001:db8::1' },
      action: { kind: 'share', percent: 12.5 },
    },
  ],
};

test('overrides that are written are read back, from a directory that did not exist', async (t) => {
  const directory = join(temporaryDirectory(t), 'a', 'b');
  await openOverrideStore({ directory }).write(full);
  assert.deepEqual(await openOverrideStore({ directory }).read(), { overrides: full, damage: null });
  assert.equal(statSync(join(directory, 'overrides.json')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(directory), ['overrides.json', 'overrides.json.last']);
});

test('where nothing was ever stored, nobody decided anything', async (t) => {
  const store = openOverrideStore({ directory: join(temporaryDirectory(t), 'absent') });
  assert.deepEqual(await store.read(), { overrides: noOverrides, damage: null });
});

const one = (fields: object) =>
  JSON.stringify({ version: 1, issued: 6, overrides: [{ ...drained, target: 'web/web-2', ...fields }] });

const DAMAGED: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /not JSON/],
  ['cut off', one({}).slice(0, -9), /not JSON/],
  ['without a version', JSON.stringify({ issued: 0, overrides: [] }), /version is undefined, this lvsctl reads 1/],
  ['without a list', JSON.stringify({ version: 1, issued: 0 }), /"overrides" is not a list/],
  ['with half a count', JSON.stringify({ version: 1, issued: 0.5, overrides: [] }), /"issued" is not a whole number/],
  ['with a target that is none', one({ target: 'web' }), /"target" is neither/],
  ['with an address that is none', one({ target: 'address:10.0.0' }), /"target" is neither/],
  ['with an action that is none', one({ action: { kind: 'stop' } }), /"action" is none of/],
  ['with a weight that no kernel has', one({ action: { kind: 'weight', weight: 2147483648 } }), /"weight" is not/],
  ['with more than all', one({ action: { kind: 'share', percent: 101 } }), /"percent" is more than 100/],
  ['without an author', one({ author: undefined }), /"author" is not a text/],
  ['with an end that is a text', one({ expiresAt: 'tomorrow' }), /"expiresAt" is not a number/],
];

for (const [what, text, reason] of DAMAGED)
  test(`a file ${what} is set aside and said so, and the last good state holds`, async (t) => {
    const directory = temporaryDirectory(t);
    await openOverrideStore({ directory }).write(full);
    writeFileSync(join(directory, 'overrides.json'), text);
    const { overrides, damage } = await openOverrideStore({ directory }).read();
    assert.deepEqual(overrides, full);
    assert.match(damage ?? '', reason);
    assert.match(damage ?? '', /was set aside as .*overrides\.json\.corrupt-1$/);
    assert.equal(readFileSync(join(directory, 'overrides.json.corrupt-1'), 'utf8'), text);
  });

test('a file that is gone is not read as empty, and the next write puts it back', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openOverrideStore({ directory });
  await store.write(full);
  rmSync(join(directory, 'overrides.json'));
  const { overrides, damage } = await store.read();
  assert.deepEqual(overrides, full);
  assert.match(damage ?? '', /overrides\.json is gone$/);
  await store.write(overrides);
  assert.deepEqual(await store.read(), { overrides: full, damage: null });
});

test('without a good copy it is an error, as often as one looks, and nothing is moved', async (t) => {
  const directory = temporaryDirectory(t);
  for (const name of ['overrides.json', 'overrides.json.last']) writeFileSync(join(directory, name), '{');
  const store = openOverrideStore({ directory });
  for (let look = 0; look < 2; look += 1)
    await assert.rejects(store.read(), (error: unknown) => {
      assert.ok(error instanceof OperationError);
      assert.match(error.message, /Nobody knows what was decided by hand: .* cannot be read .* copy cannot be read/);
      return true;
    });
  assert.deepEqual(readdirSync(directory), ['overrides.json', 'overrides.json.last']);
});
