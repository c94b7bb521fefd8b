import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentsIn } from '../../src/spec/comments.ts';

const ROWS: readonly (readonly [text: string, comments: readonly string[]])[] = [
  ['# one\na: 1 # two\n  # three\n', ['# one', '# two', '# three']],
  ['a: "# no" # yes\n', ['# yes']],
  ["a: '# no'\nb: x#no\n", []],
  ['a: |\n  # no\n  text\n# yes\n', ['# yes']],
  ['a: >- # yes\n  # no\n', ['# yes']],
  ['a: { b: 1, # yes\n  c: "#no" }\r\n# more\r\n', ['# yes', '# more']],
  ['\ufeff# bom\n--- # start\na: 1\n... # end\n', ['# bom', '# start', '# end']],
  ['a: [1, 2\n# broken\nb: }\n', ['# broken']],
];

for (const [text, comments] of ROWS)
  test(`${JSON.stringify(text)} has ${comments.length} comments`, () => {
    const found = commentsIn({ name: 'a', text }).map(([start, end]) => text.slice(start, end).trimEnd());
    assert.deepEqual(found, comments);
  });
