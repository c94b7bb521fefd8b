import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { repositoryNames } from '../../src/host/repository-names.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('files are named from the root of the repository, by where they really are', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  for (const directory of ['repo/.git', 'repo/lb/prod', 'elsewhere'])
    mkdirSync(join(root, directory), { recursive: true });
  for (const file of ['repo/lb/prod/a.yaml', 'elsewhere/b.yaml']) writeFileSync(join(root, file), '');
  symlinkSync('prod', join(root, 'repo/lb/current'));
  symlinkSync(join(root, 'repo'), join(root, 'link'));
  const names = async (cwd: string, ...files: string[]) => [
    ...(await repositoryNames(files, join(root, cwd))).values(),
  ];
  assert.deepEqual(await names('repo/lb', 'prod/a.yaml', 'current/a.yaml'), ['lb/prod/a.yaml', 'lb/prod/a.yaml']);
  assert.deepEqual(await names('link/lb/prod', 'a.yaml'), ['lb/prod/a.yaml']);
  assert.deepEqual(await names('repo', '../elsewhere/b.yaml'), [join(root, 'elsewhere/b.yaml')]);
  assert.deepEqual(await names('repo/lb', 'new.yaml', 'new/a.yaml'), ['lb/new.yaml', 'lb/new/a.yaml']);
});

test('a worktree has a file called .git', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  mkdirSync(join(root, 'lb'));
  writeFileSync(join(root, '.git'), 'gitdir: elsewhere');
  assert.deepEqual([...(await repositoryNames(['a.yaml'], join(root, 'lb'))).values()], ['lb/a.yaml']);
});

test('without a repository files are named from the working directory', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  assert.deepEqual([...(await repositoryNames(['a.yaml', '/etc/passwd'], root)).values()], ['a.yaml', '/etc/passwd']);
});
