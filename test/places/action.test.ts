import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { BAD, CASES, GOOD, repository, UNTIDY } from './repository.ts';

interface Manifest {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const MANIFEST = parse(readFileSync('action.yml', 'utf8')) as Manifest;

before(() => execFileSync('npm', ['run', '--silent', 'build']));

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly outputs: string;
}

/** As the runner does it: only what the action's repository holds, INPUT_ variables with the defaults, and files for answers. */
function runAction(t: TestContext, files: Readonly<Record<string, string>>, inputs: Record<string, string> = {}): Run {
  const { directory } = repository(t, files);
  const place = temporaryDirectory(t);
  mkdirSync(join(place, 'dist'));
  for (const name of ['action.yml', 'package.json', MANIFEST.runs.main]) copyFileSync(name, join(place, name));
  const output = join(place, 'output');
  writeFileSync(output, '');
  const given = Object.entries(MANIFEST.inputs).map(([name, { default: text }]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    inputs[name] ?? text,
  ]);
  const env = { ...Object.fromEntries(given), PATH: '/nowhere', GITHUB_OUTPUT: output, GITHUB_WORKSPACE: directory };
  const { status, stdout } = spawnSync(process.execPath, [join(place, MANIFEST.runs.main)], {
    cwd: directory,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, outputs: readFileSync(output, 'utf8') };
}

test('the action asks for a Node that runners have, and that lvsctl runs on', () => {
  assert.equal(MANIFEST.runs.using, 'node24');
});

const RUNS: readonly (readonly [
  claim: string,
  files: Readonly<Record<string, string>>,
  inputs: Record<string, string>,
  status: number,
])[] = [
  ['a good spec passes', { 'web.lvs.yaml': GOOD }, {}, 0],
  ['a bad one fails', { 'web.lvs.yaml': BAD }, {}, 3],
  [
    'only the paths that are named are looked at',
    { 'web.lvs.yaml': BAD, 'a b.lvs.yaml': GOOD },
    { paths: 'a b.lvs.yaml\n' },
    0,
  ],
  ['form matters where it is asked for', { 'web.lvs.yaml': UNTIDY }, { fmt: 'true' }, 2],
  ['and does not otherwise', { 'web.lvs.yaml': UNTIDY }, {}, 0],
  ['so do tests', { 'web.lvs.yaml': GOOD, 'web.lvs-test.yaml': CASES.replace('[]', '[LVS102]') }, { test: 'true' }, 3],
  ['options of lint go through', { 'web.lvs.yaml': GOOD }, { lint: '--fail-level\ninfo' }, 3],
];

for (const [claim, files, inputs, status] of RUNS) {
  test(`the action: ${claim}`, (t) => {
    assert.equal(runAction(t, files, inputs).status, status);
  });
}

test('the action answers with the outputs that it declares', (t) => {
  const { outputs, stdout } = runAction(t, { 'web.lvs.yaml': BAD });
  const named = Object.fromEntries(
    outputs
      .trim()
      .split('\n')
      .map((line) => line.split('=')),
  );
  assert.deepEqual(Object.keys(named).sort(), Object.keys(MANIFEST.outputs).sort());
  assert.deepEqual([named.errors, named.warnings], ['1', '0']);
  assert.match(stdout, /LVS004/);
});
