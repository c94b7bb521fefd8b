import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitCommand } from '../../src/model/command.ts';

const COMMANDS: readonly (readonly [command: string, words: readonly string[]])[] = [
  ['/usr/bin/check', ['/usr/bin/check']],
  ['  check  a\tb ', ['check', 'a', 'b']],
  [`check 'a b' "c d"`, ['check', 'a b', 'c d']],
  [`a'b c'd"e f"`, ['ab cde f']],
  [`check ''`, ['check', '']],
  [`check "it's" 'say "x"'`, ['check', "it's", 'say "x"']],
  [`check "\\"q\\" \\$x \\\\ \\n"`, ['check', '"q" $x \\ \\n']],
  ['check a\\ b \\\\', ['check', 'a b', '\\']],
  [`sh -c 'a | b > c'`, ['sh', '-c', 'a | b > c']],
  ['', []],
];

for (const [command, words] of COMMANDS)
  test(`the words of ${command} are ${JSON.stringify(words)}`, () => {
    const split = splitCommand(command);
    assert.ok(typeof split !== 'string', String(split));
    assert.deepEqual(
      split.map(({ text }) => text),
      words,
    );
  });

test('what stood outside quotes is told apart', () => {
  assert.deepEqual(splitCommand(`a>b 'c>d' e"|"f`), [
    { text: 'a>b', bare: 'a>b' },
    { text: 'c>d', bare: '' },
    { text: 'e|f', bare: 'ef' },
  ]);
});

const BROKEN: readonly (readonly [command: string, wrong: RegExp])[] = [
  ["check 'a", /quote ' is not closed/],
  ['check "a', /quote " is not closed/],
  ['check a\\', /ends in a backslash/],
];

for (const [command, wrong] of BROKEN)
  test(`${command} is no command`, () => assert.match(String(splitCommand(command)), wrong));
