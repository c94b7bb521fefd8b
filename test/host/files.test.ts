import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createTextFile } from '../../src/host/create-text-file.ts';
import { readSpecFiles } from '../../src/host/files.ts';
import { discoverSpecs } from '../../src/host/spec-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
}

const TREE = {
  'b.lvs.yaml': 'b',
  'a.lvs.yml': 'a',
  'teams/web/pools.lvs.yaml': 'pools',
  'notes.yaml': 'no',
  '.git/hidden.lvs.yaml': 'no',
  '.hidden.lvs.yaml': 'no',
  'node_modules/x/sample.lvs.yaml': 'no',
};

const read = (paths: readonly string[], cwd: string) =>
  readSpecFiles(paths, { cwd, readStdin: async () => 'from stdin' });

test('a directory gives its spec files, sorted, with names relative to where one stands', async (t) => {
  const cwd = temporaryDirectory(t);
  write(cwd, TREE);
  const names = ['a.lvs.yml', 'b.lvs.yaml', 'teams/web/pools.lvs.yaml'];
  assert.deepEqual(
    (await read(['.'], cwd)).map(({ name }) => name),
    names,
  );
  assert.deepEqual(
    (await read([cwd], cwd)).map(({ text }) => text),
    ['a', 'b', 'pools'],
  );
});

test('a file outside the working directory is named in full', async (t) => {
  const [cwd, other] = [temporaryDirectory(t), temporaryDirectory(t)];
  write(other, { 'x.lvs.yaml': 'x' });
  assert.deepEqual(await read([join(other, 'x.lvs.yaml')], cwd), [{ name: join(other, 'x.lvs.yaml'), text: 'x' }]);
});

test('a file needs no particular name when it is named itself, and is read once', async (t) => {
  const cwd = temporaryDirectory(t);
  write(cwd, TREE);
  assert.deepEqual(await read(['notes.yaml', './notes.yaml'], cwd), [{ name: 'notes.yaml', text: 'no' }]);
});

test('- is standard input', async () => {
  assert.deepEqual(await read(['-'], '/'), [{ name: '<stdin>', text: 'from stdin' }]);
});

test('a Kubernetes volume is read once, through the links beside ..data', async (t) => {
  const cwd = temporaryDirectory(t);
  write(cwd, { '..2026_01/web.lvs.yaml': 'web' });
  symlinkSync('..2026_01', join(cwd, '..data'));
  symlinkSync('..data/web.lvs.yaml', join(cwd, 'web.lvs.yaml'));
  assert.deepEqual(await read(['.'], cwd), [{ name: 'web.lvs.yaml', text: 'web' }]);
});

test('a linked directory is followed', async (t) => {
  const [cwd, other] = [temporaryDirectory(t), temporaryDirectory(t)];
  write(other, { 'x.lvs.yaml': 'x' });
  symlinkSync(other, join(cwd, 'team'));
  assert.deepEqual(await read(['.'], cwd), [{ name: 'team/x.lvs.yaml', text: 'x' }]);
});

test('each directory with spec files is a spec of its own when none is named', async (t) => {
  const cwd = realpathSync(temporaryDirectory(t));
  write(cwd, { 'prod/a.lvs.yaml': '', 'prod/b.lvs.yaml': '', 'stage/a.lvs.yaml': '' });
  assert.deepEqual(await discoverSpecs(cwd), [
    [join(cwd, 'prod/a.lvs.yaml'), join(cwd, 'prod/b.lvs.yaml')],
    [join(cwd, 'stage/a.lvs.yaml')],
  ]);
});

test('a directory tree without any spec is an error that says what to do', async (t) => {
  const cwd = temporaryDirectory(t);
  await assert.rejects(discoverSpecs(cwd), {
    name: 'OperationError',
    hints: ['Write one with lvsctl init, or name the spec.'],
  });
});

test('a new file is written, and one that exists is left as it is', async (t) => {
  const path = join(temporaryDirectory(t), 'web.lvs.yaml');
  await createTextFile(path, 'one');
  await assert.rejects(createTextFile(path, 'two'), /exists already, and is left as it is/);
  assert.equal(readFileSync(path, 'utf8'), 'one');
});
