import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { hashComment, plainWord, shellWord, UnsafeWord } from '../../src/view/host-words.ts';

const NASTY = [
  "it's",
  'a b',
  '$(id)',
  '`id`',
  '"',
  '\\',
  '#',
  '-n',
  '*',
  '~',
  'a;b',
  'é',
  "'",
  '',
  '!',
  '&',
  '|',
  '<',
  '>',
];

for (const shell of ['dash', 'bash', 'busybox'])
  test(`${shell} reads every word back as it is`, () => {
    const script = `for word in ${NASTY.map(shellWord).join(' ')}; do printf '%s\\n' "$word"; done`;
    const args = shell === 'busybox' ? ['sh', '-c', script] : ['-c', script];
    assert.deepEqual(execFileSync(shell, args, { encoding: 'utf8' }).split('\n').slice(0, -1), NASTY);
  });

test('a plain word stays as it is', () => assert.equal(shellWord('fd00::1/128'), 'fd00::1/128'));

for (const text of ['a\nb', 'a\rb', 'a\0b', '\u001b'])
  test(`no word of a shell holds ${JSON.stringify(text)}`, () => assert.throws(() => shellWord(text), UnsafeWord));

for (const text of ['a b', 'a=b', 'a\nb', '%i', '$HOME', '#', '', "'"])
  test(`${JSON.stringify(text)} is no plain word`, () => assert.throws(() => plainWord(text), UnsafeWord));

test('addresses, parameters and numbers are plain words', () => {
  for (const text of ['fd00::1/128', 'net.ipv4.conf.eth0/7.rp_filter', 'lvs-ipip-2', 6080])
    assert.equal(plainWord(text), String(text));
});

test('a comment is broken between words, and nothing in it ends it', () => {
  const lines = hashComment(`${'word '.repeat(40)}end\nnot a comment`).split('\n');
  assert.equal(lines.length, 3);
  for (const line of lines) assert.match(line, /^# .{1,98}$/);
  assert.match(lines.at(-1) ?? '', /end\?not a comment$/);
});
