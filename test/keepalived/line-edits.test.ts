import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LineEdit, lineEdits } from '../../src/keepalived/line-edits.ts';

function sideOf(edits: readonly LineEdit[], without: '+' | '-'): readonly string[] {
  return edits.filter(({ mark }) => mark !== without).map(({ text }) => text);
}

function changes(edits: readonly LineEdit[]): number {
  return edits.filter(({ mark }) => mark !== ' ').length;
}

const few = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

test('the edits, applied to the one side, give the other', () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      const edits = lineEdits(before, after);
      assert.deepEqual(sideOf(edits, '+'), before);
      assert.deepEqual(sideOf(edits, '-'), after);
    }),
  );
});

test('nothing is edited without need: as many lines are kept as both have in common in order', () => {
  fc.assert(
    fc.property(few, few, (before, after) => {
      assert.equal(changes(lineEdits(before, after)), before.length + after.length - 2 * commonLength(before, after));
    }),
  );
});

/** Length of the longest common subsequence, the plain way. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const line of a) {
    const last = row;
    row = [];
    for (const [index, other] of b.entries())
      row.push(line === other ? (last[index - 1] ?? 0) + 1 : Math.max(last[index] ?? 0, row[index - 1] ?? 0));
  }
  return row.at(-1) ?? 0;
}

test('what differs everywhere is replaced as a whole', () => {
  const before = Array.from({ length: 3000 }, (_, index) => `a ${index}`);
  const after = Array.from({ length: 3000 }, (_, index) => `b ${index}`);
  const edits = lineEdits(['head', ...before, 'tail'], ['head', ...after, 'tail']);
  assert.deepEqual(edits.map(({ mark }) => mark).join(''), ` ${'-'.repeat(3000)}${'+'.repeat(3000)} `);
});

test('20000 lines with a few changes take no time worth mentioning', () => {
  const before = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
  const after = before
    .filter((_, index) => index % 5000 !== 7)
    .map((line, index) => (index % 4000 === 9 ? `${line}!` : line));
  const begun = performance.now();
  const edits = lineEdits(before, after);
  assert.ok(performance.now() - begun < 2000);
  assert.deepEqual(sideOf(edits, '-'), after);
  assert.equal(changes(edits), 14);
});
