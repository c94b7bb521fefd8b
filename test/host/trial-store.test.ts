import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTrialStore } from '../../src/host/trial-store.ts';
import type { Armed, TakenBack } from '../../src/model/trial.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const ARMED: Armed = {
  ...{ kind: 'armed', id: 7, snapshot: '20261122T140340Z', specDigest: 'c0ffee', author: 'alice', seconds: 120 },
  ...{ since: { boot: 'b007', seconds: 10.5 }, until: 1_790_000_000_123 },
  keepalived: { isWanted: true, pidFile: '/run/keepalived.pid', reloadCommand: null },
};
const TAKEN_BACK: TakenBack = {
  ...{ kind: 'taken-back', id: 7, snapshot: '20261122T140340Z', author: 'alice', at: 1_790_000_000_123, why: 'reboot' },
};

for (const trial of [ARMED, TAKEN_BACK])
  test(`a trial that is ${trial.kind} is read back whole`, async (t) => {
    const directory = join(temporaryDirectory(t), 'state');
    await openTrialStore({ directory }).write(trial);
    assert.deepEqual(await openTrialStore({ directory }).read(), { trial, damage: null });
    assert.equal(statSync(join(directory, 'armed.json')).mode & 0o777, 0o600);
  });

test('a trial that is over leaves no file, and none is none', async (t) => {
  const directory = temporaryDirectory(t);
  const store = openTrialStore({ directory });
  await store.write(ARMED);
  await store.write({ kind: 'none' });
  await store.write({ kind: 'none' });
  assert.deepEqual(await store.read(), { trial: { kind: 'none' }, damage: null });
  assert.deepEqual(readdirSync(directory), []);
});

const DAMAGES: readonly (readonly [text: string, reason: RegExp])[] = [
  ['', /not JSON/],
  [JSON.stringify({ version: 'two', ...ARMED }), /version is "two"/],
  [JSON.stringify({ version: 1, ...ARMED, kind: 'loaded' }), /neither armed nor taken-back/],
  [JSON.stringify({ version: 1, ...ARMED, since: { boot: 'b007' } }), /"seconds" is not a number/],
  [JSON.stringify({ version: 1, ...ARMED, keepalived: { isWanted: 'yes' } }), /"isWanted" is neither/],
  [JSON.stringify({ version: 1, ...TAKEN_BACK, why: 'mood' }), /none of timeout, reboot/],
];

for (const [text, reason] of DAMAGES)
  test(`a trial that cannot be read is set aside, and not lost: ${reason.source}`, async (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'armed.json'), text);
    const { trial, damage } = await openTrialStore({ directory }).read();
    assert.deepEqual(trial, { kind: 'none' });
    assert.match(damage?.reason ?? '', reason);
    assert.equal(readFileSync(damage?.setAside ?? '', 'utf8'), text);
  });
