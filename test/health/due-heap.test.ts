import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DueHeap, type Timed } from '../../src/health/due-heap.ts';

const item = (at: number): Timed => ({ at, position: -1 });

function drain(heap: DueHeap<Timed>): number[] {
  const order: number[] = [];
  for (let first = heap.first; first !== undefined; first = heap.first) {
    order.push(first.at);
    assert.ok(heap.remove(first));
  }
  return order;
}

test('whatever is added and taken out, the rest comes in the order of its moments', () => {
  const steps = fc.array(fc.record({ at: fc.integer({ min: 0, max: 50 }), takes: fc.nat() }), { maxLength: 80 });
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new DueHeap<Timed>();
      const inside: Timed[] = [];
      for (const { at, takes } of all) {
        const added = item(at);
        heap.add(added);
        inside.push(added);
        if (takes % 3 === 0) for (const taken of inside.splice(takes % inside.length, 1)) assert.ok(heap.remove(taken));
      }
      assert.equal(heap.size, inside.length);
      assert.deepEqual(
        drain(heap),
        inside.map(({ at }) => at).toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 500 },
  );
});

test('what is in no heap, or in another one, is not taken out', () => {
  const [one, other] = [new DueHeap<Timed>(), new DueHeap<Timed>()];
  const [mine, theirs] = [item(1), item(2)];
  one.add(mine);
  other.add(theirs);
  assert.deepEqual([one.remove(theirs), one.remove(item(3)), one.size], [false, false, 1]);
});
