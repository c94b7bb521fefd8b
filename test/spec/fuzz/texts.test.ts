import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fixAll } from '../../../src/lint/fix-all.ts';
import { judge } from '../../../src/lint/judge.ts';
import { lintTogether } from '../../../src/lint/lint-together.ts';
import { formatSpec } from '../../../src/spec/format/format-spec.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import { findingsText } from '../../../src/view/findings/tty.ts';
import { anyBytes } from './any-bytes.ts';
import { anyLines } from './any-lines.ts';
import { changedText, cutText } from './changed-text.ts';
import { changedValue } from './changed-value.ts';

// Whatever a file holds is a matter for findings: neither verb has an error for it, of its own or of a library.

const TEXTS: readonly (readonly [what: string, texts: fc.Arbitrary<string>, runs: number])[] = [
  ['bytes', anyBytes, 500],
  ['a spec that ends early', cutText, 300],
  ['a spec with other pieces of text in it', changedText, 400],
  ['a spec with other keys and values in it', changedValue, 300],
  ['lines of YAML in any order', anyLines, 1000],
];

for (const [what, texts, numRuns] of TEXTS) {
  test(`lint has findings for ${what}, and each stands in the text`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const file = { name: 'a.lvs.yaml', text };
        const loaded = loadSpec([file]);
        const lines = text.split('\n');
        const { findings } = judge(loaded, { levels: new Map(), comments: true, acts: false });
        for (const { range, message } of findings) {
          assert.ok((lines[range.start.line - 1]?.length ?? -1) >= range.start.column - 1, message);
          assert.doesNotMatch(message, /\[object |undefined/);
        }
        assert.equal(typeof findingsText(findings, { files: [file], paint: (_style, words) => words }), 'string');
        lintTogether([loaded, loadSpec([{ ...file, name: 'b.lvs.yaml' }])]);
      }),
      { numRuns },
    );
  });

  test(`fmt lays ${what} out once and for all, or tells why not`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const formatted = formatSpec({ name: 'a.lvs.yaml', text });
        if (formatted.ok) assert.deepEqual(formatSpec({ name: 'a.lvs.yaml', text: formatted.text }), formatted);
        else assert.notEqual(formatted.problems.length, 0);
      }),
      { numRuns },
    );
  });

  test(`lint --fix comes to an end with ${what}`, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { files } = fixAll(
          [{ name: 'a.lvs.yaml', text }],
          (some) => judge(loadSpec(some), { levels: new Map(), comments: true, acts: false }).findings,
        );
        assert.equal(files.length, 1);
      }),
      { numRuns: Math.ceil(numRuns / 5) },
    );
  });
}
