import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { specFilesAt } from '../../src/host/git-files.ts';
import { gitIn } from './git-in.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const env = process.env;

/** A repository whose first commit has one text in each file, and whose files have another one now. */
function repository(t: TestContext): string {
  const directory = temporaryDirectory(t);
  const git = gitIn(directory);
  git('init', '-q');
  mkdirSync(join(directory, 'lb', '.hidden'), { recursive: true });
  const names = ['lb/a.lvs.yaml', 'lb/b.lvs.yml', 'lb/notes.md', 'lb/.hidden/c.lvs.yaml', 'other.lvs.yaml'];
  for (const name of names) writeFileSync(join(directory, name), `# first ${name}\n`);
  git('add', '.');
  git('commit', '-qm', 'first');
  git('tag', 'v1');
  writeFileSync(join(directory, 'lb', 'a.lvs.yaml'), '# second\n');
  writeFileSync(join(directory, 'lb', 'new.lvs.yaml'), '# new\n');
  rmSync(join(directory, 'lb', 'b.lvs.yml'));
  return directory;
}

test('a file is read as it was, whatever it is now', async (t) => {
  const cwd = repository(t);
  assert.deepEqual(await specFilesAt('HEAD', join(cwd, 'lb', 'a.lvs.yaml'), { cwd, env }), [
    { name: 'lb/a.lvs.yaml @ HEAD', text: '# first lb/a.lvs.yaml\n' },
  ]);
});

test('a directory has the spec files that it had, those that are gone included', async (t) => {
  const cwd = repository(t);
  const files = await specFilesAt('v1', join(cwd, 'lb'), { cwd, env });
  assert.deepEqual(
    files?.map(({ name }) => name),
    ['lb/a.lvs.yaml @ v1', 'lb/b.lvs.yml @ v1'],
  );
});

test('a file that was not there yet is nothing', async (t) => {
  const cwd = repository(t);
  assert.equal(await specFilesAt('v1', join(cwd, 'lb', 'new.lvs.yaml'), { cwd, env }), null);
});

test('a link is read as what it leads to', async (t) => {
  const cwd = repository(t);
  symlinkSync(join(cwd, 'lb', 'a.lvs.yaml'), join(cwd, 'link.lvs.yaml'));
  const files = await specFilesAt('HEAD', join(cwd, 'link.lvs.yaml'), { cwd, env });
  assert.equal(files?.[0]?.text, '# first lb/a.lvs.yaml\n');
});

for (const revision of ['nope', '--output=x', 'HEAD:lb', ''])
  test(`${JSON.stringify(revision)} is no revision, and that is an error with a way out`, async (t) => {
    const cwd = repository(t);
    await assert.rejects(specFilesAt(revision, join(cwd, 'lb'), { cwd, env }), /git knows no revision/);
  });
