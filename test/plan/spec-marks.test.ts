import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyState, type State } from '../../src/model/state.ts';
import { appliedState, attemptState, retreatOf, rolledBackState } from '../../src/plan/spec-marks.ts';
import { desired, owning, server, service, tcp } from './build.ts';

const WEB = service(tcp('192.0.2.1'), [server('10.0.0.1')]);
const DNS = service(tcp('192.0.2.2'), [server('10.0.0.2')]);
const source = (digest: string) => ({ files: [], digest, revision: { commit: 'c0ffee', time: 200, dirty: false } });
const marks = (rest: Partial<State>): State => ({ ...emptyState, ...rest });

test('an attempt is one of another spec than the one that holds', () => {
  const state = marks({ specDigest: 'good', attemptedSpec: 'bad' });
  assert.equal(attemptState(state, source('next')).attemptedSpec, 'next');
  assert.equal(attemptState(state, source('good')).attemptedSpec, 'bad');
});

test('a spec that was applied whole holds, with its generation and its time', () => {
  const before = marks({ specDigest: 'old', generation: 6, specTime: 100 });
  const { specDigest, generation, specTime } = appliedState(before, {
    desired: desired([WEB], { generation: 7 }),
    source: source('new'),
  });
  assert.deepEqual([specDigest, generation, specTime], ['new', 7, 200]);
});

test('a rejected spec stays so when another one is applied, until it is applied itself', () => {
  const before = marks({ specDigest: 'good', rejectedSpec: 'bad' });
  const after = (digest: string) => appliedState(before, { desired: desired([WEB]), source: source(digest) });
  assert.equal(after('next').rejectedSpec, 'bad');
  assert.equal(after('bad').rejectedSpec, null);
});

test('after a rollback the marks are those of then, and what others had is theirs again', () => {
  const former = marks({ specDigest: 'good', generation: 6, specTime: 100 });
  const now = owning([WEB, DNS], { specDigest: 'bad', generation: 7, specTime: 200, attemptedSpec: 'bad' });
  const state = rolledBackState(now, {
    ...{ former, rejected: 'bad', disowned: ['tcp 192.0.2.2:80'] },
    desired: desired([WEB, DNS]),
  });
  const { specDigest, generation, specTime, rejectedSpec } = state;
  assert.deepEqual([specDigest, generation, specTime, rejectedSpec], ['good', 6, 100, 'bad']);
  assert.deepEqual(
    state.owned.map(({ key }) => key),
    ['tcp 192.0.2.1:80'],
  );
});

const REJECTED: readonly {
  readonly claim: string;
  readonly state: Partial<State>;
  readonly tried?: string;
  readonly restored: string | null;
  readonly rejected: string | null;
  readonly isDrift?: boolean;
}[] = [
  {
    claim: 'the spec that holds',
    state: { specDigest: 'bad', attemptedSpec: 'bad' },
    restored: 'good',
    rejected: 'bad',
  },
  {
    claim: 'the spec whose apply never came to its end',
    state: { specDigest: 'good', attemptedSpec: 'bad' },
    restored: 'good',
    rejected: 'bad',
  },
  {
    claim: 'the first spec of all',
    state: { attemptedSpec: 'bad' },
    restored: null,
    rejected: 'bad',
  },
  {
    claim: 'what an older lvsctl applied, which knew no attempts',
    state: { specDigest: 'bad' },
    restored: 'good',
    rejected: 'bad',
  },
  {
    claim: 'nothing, where the spec is the same and only the table differed',
    state: { specDigest: 'same', attemptedSpec: 'same' },
    restored: 'same',
    rejected: null,
    isDrift: true,
  },
  {
    claim: 'nothing, where what waited to be confirmed was to mend the table alone',
    state: { specDigest: 'same', attemptedSpec: 'other' },
    tried: 'same',
    restored: 'same',
    rejected: null,
    isDrift: true,
  },
  {
    claim: 'what was rejected before, where only the table differed',
    state: { specDigest: 'same', attemptedSpec: 'same', rejectedSpec: 'bad' },
    restored: 'same',
    rejected: 'bad',
    isDrift: true,
  },
  {
    claim: 'nothing, where a rollback is itself rolled back',
    state: { specDigest: 'good', attemptedSpec: 'bad', rejectedSpec: 'bad' },
    restored: 'bad',
    rejected: null,
  },
  {
    claim: 'the spec that lies on the disk, where a second rollback goes further back',
    state: { specDigest: 'good', attemptedSpec: 'bad', rejectedSpec: 'bad' },
    restored: 'oldest',
    rejected: 'bad',
  },
  {
    claim: 'the one that waited to be confirmed',
    state: { specDigest: 'good', attemptedSpec: 'other' },
    tried: 'bad',
    restored: 'good',
    rejected: 'bad',
  },
];

for (const { claim, state, tried = null, restored, rejected, isDrift = false } of REJECTED)
  test(`a rollback rejects ${claim}`, () => {
    assert.deepEqual(retreatOf(marks(state), { tried, restored }), { rejected, isDrift });
  });
