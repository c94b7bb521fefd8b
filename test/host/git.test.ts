import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { specRevision } from '../../src/host/git.ts';
import { gitIn } from './git-in.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { runUnprivileged } from './unprivileged.ts';

const env = process.env;

test('a committed spec has the hash and the time of the commit that touched it last', async (t) => {
  const directory = temporaryDirectory(t);
  const git = gitIn(directory);
  git('init', '-q');
  writeFileSync(join(directory, 'web.lvs.yaml'), 'version: 1\n');
  git('add', '.');
  git('commit', '-qm', 'spec', '--date', '2026-01-01T00:00:00Z');
  const commit = git('rev-parse', 'HEAD');
  writeFileSync(join(directory, 'other'), 'x');
  git('add', '.');
  git('commit', '-qm', 'other');
  const time = Number(git('log', '-1', '--format=%ct', commit));
  assert.deepEqual(await specRevision(join(directory, 'web.lvs.yaml'), { env }), { commit, time, dirty: false });
});

test('a changed file, and an untracked one in a directory, make a spec dirty', async (t) => {
  const directory = temporaryDirectory(t);
  const git = gitIn(directory);
  const spec = join(directory, 'specs', '[web].lvs.yaml');
  mkdirSync(join(directory, 'specs'));
  git('init', '-q');
  writeFileSync(spec, 'version: 1\n');
  git('add', '.');
  git('commit', '-qm', 'spec');
  assert.equal((await specRevision(join(directory, 'specs'), { env }))?.dirty, false);
  writeFileSync(join(directory, 'outside'), 'x');
  assert.equal((await specRevision(join(directory, 'specs'), { env }))?.dirty, false);
  writeFileSync(join(directory, 'specs', 'new.lvs.yaml'), 'version: 1\n');
  assert.equal((await specRevision(join(directory, 'specs'), { env }))?.dirty, true);
  assert.equal((await specRevision(spec, { env }))?.dirty, false);
  writeFileSync(spec, 'version: 1 \n');
  assert.equal((await specRevision(spec, { env }))?.dirty, true);
});

test('a link into a repository has the revision of what it leads to', async (t) => {
  const directory = temporaryDirectory(t);
  const git = gitIn(join(directory, 'repository'));
  mkdirSync(join(directory, 'repository'));
  git('init', '-q');
  writeFileSync(join(directory, 'repository', 'web.lvs.yaml'), 'version: 1\n');
  git('add', '.');
  git('commit', '-qm', 'spec');
  symlinkSync('repository/web.lvs.yaml', join(directory, 'web.lvs.yaml'));
  const revision = await specRevision(join(directory, 'web.lvs.yaml'), { env });
  assert.equal(revision?.commit, git('rev-parse', 'HEAD'));
});

test('there is no revision, and no word, outside of git, before a commit, and without git', async (t) => {
  const directory = temporaryDirectory(t);
  const file = join(directory, 'web.lvs.yaml');
  const words: string[] = [];
  const onUnknown = (reason: string) => words.push(reason);
  writeFileSync(file, 'version: 1\n');
  assert.equal(await specRevision(file, { env, onUnknown }), null);
  assert.equal(await specRevision(join(directory, 'absent'), { env, onUnknown }), null);
  gitIn(directory)('init', '-q');
  assert.equal(await specRevision(file, { env, onUnknown }), null);
  assert.equal(await specRevision(file, { env: { PATH: '/nonexistent' }, onUnknown }), null);
  assert.deepEqual(words, []);
});

test('a repository of somebody else gives no revision, and git says why', (t) => {
  const directory = temporaryDirectory(t);
  chmodSync(directory, 0o755);
  const git = gitIn(directory);
  git('init', '-q');
  writeFileSync(join(directory, 'web.lvs.yaml'), 'version: 1\n');
  git('add', '.');
  git('commit', '-qm', 'spec');
  // GIT_TEST_ASSUME_DIFFERENT_OWNER makes git treat every repository so, for those who run this as themselves.
  const printed = runUnprivileged(`
    import { specRevision } from '../../src/host/git.ts';
    const env = { ...process.env, HOME: '/', GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    const revision = await specRevision(${JSON.stringify(join(directory, 'web.lvs.yaml'))}, { env, onUnknown: console.log });
    console.log(revision);`);
  assert.match(printed, /^git: detected dubious ownership in repository .*\nnull$/);
});
