import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fmtCommand } from '../../src/commands/fmt.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { runVerb } from './run-verb.ts';

const UNTIDY = 'pools: { }\nversion: 1\n';
const TIDY = 'version: 1\npools: {}\n';

function untidyDirectory(t: TestContext): string {
  const cwd = temporaryDirectory(t);
  writeFileSync(join(cwd, 'web.lvs.yaml'), UNTIDY);
  return cwd;
}

test('a file keeps its permissions, and nothing is left beside it', async (t) => {
  const cwd = untidyDirectory(t);
  chmodSync(join(cwd, 'web.lvs.yaml'), 0o640);
  const { exitCode } = await runVerb(fmtCommand, ['fmt', '--write'], { cwd });
  assert.equal(exitCode, 0);
  assert.equal(readFileSync(join(cwd, 'web.lvs.yaml'), 'utf8'), TIDY);
  assert.equal(statSync(join(cwd, 'web.lvs.yaml')).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(cwd), ['web.lvs.yaml']);
});

test('a symbolic link stays one', async (t) => {
  const cwd = untidyDirectory(t);
  symlinkSync('web.lvs.yaml', join(cwd, 'link.lvs.yaml'));
  await runVerb(fmtCommand, ['fmt', '--write', 'link.lvs.yaml'], { cwd });
  assert.ok(lstatSync(join(cwd, 'link.lvs.yaml')).isSymbolicLink());
  assert.equal(readFileSync(join(cwd, 'web.lvs.yaml'), 'utf8'), TIDY);
});

test('a file in form is not written at all', async (t) => {
  const cwd = untidyDirectory(t);
  await runVerb(fmtCommand, ['fmt', '--write'], { cwd });
  const before = statSync(join(cwd, 'web.lvs.yaml'));
  await runVerb(fmtCommand, ['fmt', '--write'], { cwd });
  assert.equal(statSync(join(cwd, 'web.lvs.yaml')).ino, before.ino);
});

test('git applies what --diff prints', async (t) => {
  const cwd = untidyDirectory(t);
  const { stdout } = await runVerb(fmtCommand, ['fmt', '--diff'], { cwd });
  execFileSync('git', ['apply', '-'], { cwd, input: stdout });
  assert.equal(readFileSync(join(cwd, 'web.lvs.yaml'), 'utf8'), TIDY);
});
