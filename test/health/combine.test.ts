import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combine, type NamedOpinion } from '../../src/health/combine.ts';
import type { WeightWish } from '../../src/model/verdict.ts';

const up = (name: string | null, weight: WeightWish | null = null): NamedOpinion => ({
  name,
  opinion: { kind: 'up', detail: 'fine', weight },
});
const down = (name: string | null): NamedOpinion => ({ name, opinion: { kind: 'down', detail: 'refused' } });
const unasked = (name: string): NamedOpinion => ({ name, opinion: { kind: 'unknown' } });

const ROWS: readonly (readonly [mode: 'all' | 'any', members: NamedOpinion[], kind: string, detail?: string])[] = [
  ['all', [up(null)], 'up', 'fine'],
  ['all', [down(null)], 'down', 'refused'],
  ['all', [up('a'), up('b')], 'up', 'a: fine; b: fine'],
  ['all', [up('a'), down('b')], 'down', 'b: refused'],
  ['all', [unasked('a'), down('b')], 'down', 'b: refused'],
  ['all', [unasked('a'), up('b')], 'unknown'],
  ['any', [up('a'), down('b')], 'up', 'a: fine'],
  ['any', [unasked('a'), up('b')], 'up', 'b: fine'],
  ['any', [unasked('a'), down('b')], 'unknown'],
  ['any', [down('a'), down('b')], 'down', 'a: refused; b: refused'],
  ['any', [down('only')], 'down', 'refused'],
];

for (const [mode, members, kind, detail] of ROWS)
  test(`${mode} of ${members.map(({ opinion }) => opinion.kind).join(', ')} is ${kind}, by ${detail ?? 'nobody yet'}`, () => {
    const opinion = combine(mode, members);
    assert.deepEqual([opinion.kind, 'detail' in opinion ? opinion.detail : undefined], [kind, detail]);
  });

const set = (weight: number): WeightWish => ({ kind: 'set', weight });
const add = (by: number): WeightWish => ({ kind: 'add', by });

const WISHES: readonly (readonly [what: string, wishes: (WeightWish | null)[], result: WeightWish | null])[] = [
  ['nobody wishes anything', [null, null], null],
  ['what is added is summed', [add(5), null, add(-2)], add(3)],
  ['a weight that is set stands above what is added', [add(5), set(7)], set(7)],
  ['of several that are set the lowest counts', [set(7), set(0), set(9)], set(0)],
];

for (const [what, wishes, result] of WISHES)
  test(`${what}: ${JSON.stringify(result)}`, () => {
    const members = wishes.map((wish, index) => up(`c${index}`, wish));
    assert.deepEqual(combine('all', members), { ...combine('all', members), weight: result });
  });

test('who failed wishes no weight, even where another success is enough', () => {
  assert.partialDeepStrictEqual(combine('any', [down('a'), up('b', set(3))]), { kind: 'up', weight: set(3) });
});
