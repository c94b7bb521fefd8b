import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../host/temporary-directory.ts';
import { checkout } from './checkout.ts';
import { commitAll } from './commit-all.ts';
import { BAD, GOOD } from './repository.ts';

// The hooks as people get them: pre-commit makes an environment of Node, and npm builds, packs and installs lvsctl there.
// npm takes from its cache what `npm ci` left in it, and the rest from the registry.

function preCommit(t: TestContext, specs: readonly string[]) {
  const hooks = checkout(t);
  commitAll(hooks, { tag: 'v1' });
  const bin = join(temporaryDirectory(t), 'bin');
  mkdirSync(bin);
  // nodeenv takes Debian's name before the other one.
  for (const name of ['node', 'nodejs']) symlinkSync(process.execPath, join(bin, name));
  const home = temporaryDirectory(t);
  return specs.map((spec) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'web.lvs.yaml'), spec);
    const config = `repos: [{ repo: ${hooks}, rev: v1, hooks: [{ id: lvsctl-lint }, { id: lvsctl-fmt }] }]\n`;
    writeFileSync(join(directory, '.pre-commit-config.yaml'), config);
    commitAll(directory);
    const env = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      PRE_COMMIT_HOME: home,
      npm_config_prefer_offline: 'true',
      GITHUB_ACTIONS: undefined,
    };
    const args = ['run', '--all-files', '--color=never'];
    const { status, stdout } = spawnSync('pre-commit', args, { cwd: directory, env, encoding: 'utf8' });
    return { status, stdout };
  });
}

test('pre-commit installs the hooks by itself, and they find what is wrong', (t) => {
  const [good, bad] = preCommit(t, [GOOD, BAD]);
  assert.equal(good?.status, 0, good?.stdout);
  assert.equal(bad?.status, 1);
  assert.match(bad?.stdout ?? '', /web\.lvs\.yaml:5:11: error LVS004/);
});
