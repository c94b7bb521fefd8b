import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepOverrides } from '../../src/daemon/keep-overrides.ts';
import type { LogEvent } from '../../src/daemon/log-event.ts';
import { OperationError } from '../../src/errors.ts';
import type { StoredOverrides } from '../../src/host/override-store.ts';
import { noOverrides } from '../../src/model/override.ts';
import { NewerDocument } from '../../src/model/stored-document.ts';

const GOOD = { overrides: { issued: 3, list: [] }, damage: null };

/** A keeper over a store that gives one answer after the other; a text is an error. */
function keeper(...answers: (StoredOverrides | string | Error)[]) {
  const said: LogEvent[] = [];
  const say = (event: LogEvent) => void said.push(event);
  const read = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'object') return answer;
    throw new Error(answer);
  };
  return { read: keepOverrides({ read }, { debug: say, info: say, warn: say, error: say }), said };
}

test('where the disk loses both copies, what was known before holds, and that is said once', async () => {
  const { read, said } = keeper(GOOD, 'both are damaged', 'both are damaged');
  for (let turn = 0; turn < 3; turn += 1) assert.deepEqual(await read(), GOOD.overrides);
  assert.deepEqual(said, [{ event: 'overrides-damaged', err: 'both are damaged' }]);
});

test('a fresh daemon that finds nothing good goes no further', async () => {
  await assert.rejects(keeper('both are damaged').read(), /both are damaged/);
});

test('what a newer lvsctl decided meanwhile is not gone against by what was known before', async () => {
  const newer = new OperationError('a newer lvsctl wrote it', { cause: new NewerDocument('its version is 2') });
  const { read, said } = keeper(GOOD, newer, GOOD);
  await read();
  await assert.rejects(read(), newer);
  assert.deepEqual(await read(), GOOD.overrides);
  assert.deepEqual(said, []);
});

test('damage is said again when it comes again', async () => {
  const damaged = { overrides: noOverrides, damage: 'overrides.json is gone' };
  const { read, said } = keeper(damaged, damaged, GOOD, damaged);
  for (let turn = 0; turn < 4; turn += 1) await read();
  assert.equal(said.length, 2);
});
