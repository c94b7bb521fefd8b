import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImpactContext } from '../../../src/keepalived/impact/context.ts';
import { CONTEXT, impactRows, impacts, instance } from './reload.ts';

const A = instance('a', { id: 1, vips: ['203.0.113.1'] });
const B = instance('b', { id: 2, vips: ['203.0.113.2'] });
const C = instance('c', { id: 3, vips: ['203.0.113.3'] });

function group(...members: readonly string[]): string {
  return `vrrp_sync_group g {\n    group {\n        ${members.join('\n        ')}\n    }\n}\n`;
}

/** Where b has another director first than the others. */
const SPREAD: ImpactContext = {
  ...CONTEXT,
  members: (name) => [
    { director: 'lb1', priority: 150 },
    { director: 'lb2', priority: name === 'b' ? 200 : 100 },
  ],
};

const ROWS: readonly (readonly [
  title: string,
  before: string,
  after: string,
  rows: readonly string[],
  ImpactContext?,
])[] = [
  [
    'a group of instances that are master together',
    A + B,
    A + B + group('a', 'b'),
    ['note sync-group-joined a', 'note sync-group-joined b'],
  ],
  [
    'one more of them',
    A + B + C + group('a', 'b'),
    A + B + C + group('a', 'b', 'c'),
    ['note sync-group-joined a', 'note sync-group-joined b', 'note sync-group-joined c'],
  ],
  [
    'a group of instances that are master in different places',
    A + B,
    A + B + group('a', 'b'),
    ['disruptive sync-group-joined a', 'disruptive sync-group-joined b'],
    SPREAD,
  ],
  [
    'a group with a new instance',
    A,
    A + B + group('a', 'b'),
    ['disruptive sync-group-restarted a', 'note instance-added b'],
  ],
  [
    'a member that is re-created',
    A + B + C + group('a', 'b', 'c'),
    A + B + instance('c', { id: 9, vips: ['203.0.113.3'] }) + group('a', 'b', 'c'),
    ['disruptive sync-group-restarted a', 'disruptive sync-group-restarted b', 'disruptive instance-re-created c'],
  ],
  ['a group that goes', A + B + group('a', 'b'), A + B, ['note sync-group-left a', 'note sync-group-left b']],
  [
    'a member that leaves',
    A + B + C + group('a', 'b', 'c'),
    A + B + C + group('a', 'b'),
    ['note sync-group-left a', 'note sync-group-left b', 'note sync-group-left c'],
  ],
  [
    'a member that goes altogether',
    A + B + C + group('a', 'b', 'c'),
    A + B + group('a', 'b'),
    ['disruptive instance-removed c'],
  ],
  [
    'a member under another name',
    A + B + group('a', 'b'),
    A + instance('z', { id: 2, vips: ['203.0.113.2'] }) + group('a', 'z'),
    ['note instance-renamed z'],
  ],
  ['a group under another name', A + B + group('a', 'b'), (A + B + group('a', 'b')).replace('group g', 'group h'), []],
  ['another order of members, on one line', A + B + group('a', 'b'), A + B + group('b a'), []],
];

for (const [title, before, after, rows, context] of ROWS)
  test(`${title}: ${rows.join(', ') || 'nothing'}`, () => {
    assert.deepEqual([...impactRows(before, after, context)].sort(), [...rows].sort());
  });

test('an instance that begins anew takes its whole group along', () => {
  const [impact] = impacts(A, A + B + group('a', 'b'));
  assert.equal(
    impact?.message,
    'VRRP instance a goes back to BACKUP with its sync group g, since b begins anew there: it gives up the VIP 203.0.113.1, and takes over again after at least 3 adverts (3 s)',
  );
  assert.equal(impact?.hint, 'put b into the group in a second apply, once it is master where the others are');
});

test('a member that is re-created cannot wait for a second apply', () => {
  const [impact] = impacts(
    A + B + group('a', 'b'),
    A + instance('b', { id: 9, vips: ['203.0.113.2'] }) + group('a', 'b'),
  );
  assert.deepEqual([impact?.kind, impact?.hint], ['sync-group-restarted', undefined]);
});

test('instances that are master in different places move together', () => {
  const [impact] = impacts(A + B, A + B + group('a', 'b'), SPREAD);
  assert.equal(
    impact?.message,
    'VRRP instance a changes state together with b from now on: lb1 comes first for a, and lb2 for b, so that VIPs of one of them move',
  );
});
