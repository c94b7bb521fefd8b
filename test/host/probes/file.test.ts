import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Answer } from '../../../src/model/verdict.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { askHere } from './asking.ts';

const PROBE = { kind: 'file', trackFile: 'load', weight: 1, reverse: false } as const;

const add = (detail: string, by: number): Answer => ({ ok: true, detail, weight: { kind: 'add', by } });
const same = (detail: string): Answer => ({ ok: true, detail, weight: null });
const down = (detail: string): Answer => ({ ok: false, detail });

const NUMBERS: readonly (readonly [text: string, asked: { weight?: number; reverse?: boolean }, answer: Answer])[] = [
  ['0\n', {}, same('0')],
  ['5\n', {}, add('5', 5)],
  ['5', { weight: 2 }, add('5', 10)],
  ['5', { weight: -1, reverse: true }, add('5', 5)],
  ['5', { reverse: true }, add('5', -5)],
  ['-254', {}, add('-254', -254)],
  ['-2147483646', {}, add('-2147483646', -2147483646)],
  ['-2147483647', {}, down('-2147483647')],
  ['-2147483648', {}, down('-2147483648')],
  ['-2', { weight: 2147483647 }, down('-2')],
  ['2', { weight: 2147483647 }, add('2', 2147483647)],
  ['99999999999', { reverse: true }, down('99999999999')],
  ['7', { weight: 0 }, down('7')],
  ['0', { weight: 0 }, same('0')],
  ['0', { weight: 0, reverse: true }, down('0')],
  ['-7', { weight: 0, reverse: true }, same('-7')],
  ['  +12 of 20', {}, add('12', 12)],
  ['0x10', {}, add('16', 16)],
  ['010', {}, add('8', 8)],
  ['09', {}, same('0')],
];

for (const [text, asked, answer] of NUMBERS)
  test(`${JSON.stringify(text)} with ${JSON.stringify(asked)} is ${JSON.stringify(answer)}`, async (t) => {
    const path = join(temporaryDirectory(t), 'load');
    writeFileSync(path, text);
    const trackFilePath = (name: string) => join(path, '..', name);
    assert.deepEqual(await askHere({ ...PROBE, ...asked }, { surroundings: { trackFilePath } }), answer);
  });

test('a file without a number, or that is not there, counts as 0', async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'words'), 'all is well');
  writeFileSync(join(folder, 'empty'), '');
  for (const [name, why] of [
    ['words', `${folder}/words has no number`],
    ['empty', `${folder}/empty has no number`],
    ['nothing', `there is no ${folder}/nothing`],
  ] as const) {
    const surroundings = { trackFilePath: () => join(folder, name) };
    assert.deepEqual(await askHere(PROBE, { surroundings }), same(`0, since ${why}`));
  }
});

test('a file that cannot be read says nothing of the server', async (t) => {
  const folder = join(temporaryDirectory(t), 'folder');
  mkdirSync(folder);
  await assert.rejects(askHere(PROBE, { surroundings: { trackFilePath: () => folder } }), {
    name: 'OperationError',
    message: `Cannot read ${folder}: illegal operation on a directory`,
  });
});

test('a pipe that nobody writes into does not hold the question up', async (t) => {
  const path = join(temporaryDirectory(t), 'pipe');
  execFileSync('mkfifo', [path]);
  assert.deepEqual(
    await askHere(PROBE, { surroundings: { trackFilePath: () => path } }),
    same(`0, since ${path} has no number`),
  );
});
