import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { symlinksOnPath } from '../../src/host/symlinks-on-path.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('every link on the way is found: relative, absolute, upwards, and one behind another', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  mkdirSync(join(root, 'releases', '1'), { recursive: true });
  symlinkSync('releases/1', join(root, 'current'));
  symlinkSync(join(root, 'current'), join(root, 'live'));
  symlinkSync('../../elsewhere', join(root, 'releases', '1', 'web.lvs.yaml'));
  const steps = await symlinksOnPath(join(root, 'live', 'web.lvs.yaml'));
  assert.deepEqual(
    steps.map(({ link, target }) => [link.slice(root.length + 1), target]),
    [
      ['live', join(root, 'current')],
      ['current', 'releases/1'],
      ['releases/1/web.lvs.yaml', '../../elsewhere'],
    ],
  );
});

test('links in a circle come to an end', async (t) => {
  const root = temporaryDirectory(t);
  symlinkSync('b', join(root, 'a'));
  symlinkSync('a', join(root, 'b'));
  const steps = await symlinksOnPath(join(root, 'a', 'web.lvs.yaml'));
  assert.equal(steps.length, 40);
});

test('a path without links, or of nothing, has none', async (t) => {
  const root = realpathSync(temporaryDirectory(t));
  assert.deepEqual(await symlinksOnPath(join(root, 'absent', 'web.lvs.yaml')), []);
});
