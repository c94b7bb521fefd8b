import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { VERSION } from '../../src/version.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { checkout } from './checkout.ts';
import { commitAll } from './commit-all.ts';
import { BAD, CASES, GOOD, repository, UNTIDY } from './repository.ts';

// The configuration says `language: system`, as people do who have lvsctl installed. What pre-commit does to install it
// itself is tried in pre-commit-install.test.ts, since it takes a minute, and everything else of the hooks is the same.
function runHook(t: TestContext, hook: string, files: Readonly<Record<string, string>>) {
  const hooks = temporaryDirectory(t);
  copyFileSync('.pre-commit-hooks.yaml', join(hooks, '.pre-commit-hooks.yaml'));
  commitAll(hooks, { tag: 'v1' });
  const config = `repos:\n  - repo: ${hooks}\n    rev: v1\n    hooks: [{ id: ${hook}, language: system }]\n`;
  const { directory, env } = repository(t, { ...files, '.pre-commit-config.yaml': config });
  commitAll(directory);
  const { status, stdout, stderr } = spawnSync('pre-commit', ['run', '--all-files', '--color=never'], {
    cwd: directory,
    env: { ...env, PRE_COMMIT_HOME: join(temporaryDirectory(t), 'cache') },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr, read: (name: string) => readFileSync(join(directory, name), 'utf8') };
}

test('npm packs what runs, and prints the name of the package alone: pre-commit installs what stands there', (t) => {
  const place = checkout(t);
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  const name = execFileSync('npm', ['pack'], { cwd: place, encoding: 'utf8', stdio: 'pipe' });
  assert.equal(name, `lvsctl-${VERSION}.tgz\n`);
  execFileSync('tar', ['-xzf', name.trim()], { cwd: place });
  writeFileSync(join(place, 'web.lvs.yaml'), BAD);
  const bin = join(place, 'package/bin/lvsctl.js');
  assert.equal(spawnSync(process.execPath, [bin, 'lint', 'web.lvs.yaml'], { cwd: place }).status, 3);
});

test('lvsctl-lint lets a good spec in, and a bad one stays out with its place', (t) => {
  assert.equal(runHook(t, 'lvsctl-lint', { 'web.lvs.yaml': GOOD }).status, 0);
  const { status, output } = runHook(t, 'lvsctl-lint', { 'web.lvs.yaml': BAD });
  assert.equal(status, 1);
  assert.match(output, /web\.lvs\.yaml:5:11: error LVS004/);
});

test('lvsctl-lint looks at all files of a spec, and is not run for others', (t) => {
  const parts = {
    'a.lvs.yaml': GOOD.replace('servers: { web-1: 10.0.0.1, web-2: 10.0.0.2 }', 'pool: web'),
    'b.lvs.yaml': 'pools: { web: { a: 10.0.0.1, b: 10.0.0.2 } }\n',
  };
  assert.equal(runHook(t, 'lvsctl-lint', parts).status, 0);
  assert.match(runHook(t, 'lvsctl-lint', { 'notes.yaml': 'a: 1\n' }).output, /no files to check/);
});

test('lvsctl-fmt writes what is not in form, which stops the commit, and passes what is', (t) => {
  const { status, output, read } = runHook(t, 'lvsctl-fmt', { 'web.lvs.yaml': UNTIDY });
  assert.equal(status, 1);
  assert.match(output, /files were modified by this hook/);
  assert.equal(read('web.lvs.yaml'), GOOD);
  assert.equal(runHook(t, 'lvsctl-fmt', { 'web.lvs.yaml': GOOD }).status, 0);
});

test('lvsctl-test runs the tests', (t) => {
  assert.equal(runHook(t, 'lvsctl-test', { 'web.lvs.yaml': GOOD, 'web.lvs-test.yaml': CASES }).status, 0);
  const failing = CASES.replace('[]', '[LVS102]');
  assert.equal(runHook(t, 'lvsctl-test', { 'web.lvs.yaml': GOOD, 'web.lvs-test.yaml': failing }).status, 1);
});
