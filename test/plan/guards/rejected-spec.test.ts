import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusals } from '../../../src/plan/guard.ts';
import { owning, plan, server, service, tcp } from '../build.ts';

const BEFORE = [service(tcp('192.0.2.1'), [server('10.0.0.1')])];
const AFTER = [service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2')])];
const state = owning(BEFORE, { specDigest: 'good', rejectedSpec: 'bad' });

test('the spec that somebody rolled back from needs a word of its own', () => {
  const [refused] = refusals(plan(BEFORE, AFTER, { state, specDigest: 'bad' }).hazards);
  assert.deepEqual([refused?.guard, refused?.override], ['rejected-spec', '--allow-rejected']);
  const permissions = { rejected: true };
  assert.deepEqual(refusals(plan(BEFORE, AFTER, { state, specDigest: 'bad', permissions }).hazards), []);
});

for (const specDigest of ['good', 'another', null])
  test(`${specDigest ?? 'no'} spec is none that somebody rolled back from`, () => {
    assert.deepEqual(plan(BEFORE, AFTER, { state, specDigest }).hazards, []);
  });
