import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unifiedDiff } from '../../src/view/unified-diff.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';

const PAIRS: readonly (readonly [title: string, before: string, after: string])[] = [
  ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['lines that come and go', 'a\nb\n', '# x\na\n'],
  ['a file without an end of line', 'a\nb', 'a\nc'],
  ['line ends as on Windows', 'a\r\nb\r\n', 'a\r\nc\r\n'],
  ['changes far apart', `a\n${'x\n'.repeat(30)}b\n`, `A\n${'x\n'.repeat(30)}B\n`],
];

for (const [title, before, after] of PAIRS)
  test(`git applies the diff of ${title}`, (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'a.lvs.yaml'), before);
    const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CEILING_DIRECTORIES: '/' };
    execFileSync('git', ['apply', '-'], { cwd: directory, env, input: unifiedDiff('a.lvs.yaml', before, after) });
    assert.equal(readFileSync(join(directory, 'a.lvs.yaml'), 'utf8'), after);
  });

test('of what does not change there is no diff', () => {
  assert.equal(unifiedDiff('a', 'x\n', 'x\n'), '');
});
