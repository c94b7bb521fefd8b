import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gitIn } from './git-in.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { specFile, startWatching } from './watching.ts';

suite('watchSpec sees what deployments do', { concurrency: 4 }, () => {
  test('branches that git checks out are seen, one without the file included, and so is a write after that', async (t) => {
    const path = specFile(t, 'main');
    const git = gitIn(join(path, '..'));
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'main');
    git('checkout', '-qb', 'other');
    writeFileSync(path, 'other');
    git('commit', '-qam', 'other');
    git('checkout', '-qb', 'without');
    git('rm', '-q', 'web.lvs.yaml');
    git('commit', '-qm', 'without', '--allow-empty');
    git('checkout', '-q', 'main');
    const seen = await startWatching(t, path, { missingAfterMs: 800 });
    git('checkout', '-q', 'other');
    await seen.until(() => seen.changes.at(-1) === 'other');
    git('checkout', '-q', 'main');
    await seen.until(() => seen.changes.at(-1) === 'main' && seen.changes.length === 3);
    git('checkout', '-q', 'without');
    await seen.until(() => seen.problems.length === 1);
    git('checkout', '-q', 'other');
    await seen.until(() => seen.changes.at(-1) === 'other' && seen.changes.length === 4);
    writeFileSync(path, 'by hand');
    await seen.until(() => seen.changes.at(-1) === 'by hand');
    assert.deepEqual(seen.changes, ['main', 'other', 'main', 'other', 'by hand']);
  });

  test('while git holds the index lock, nothing is read; a lock that stays is told, once', async (t) => {
    const path = specFile(t);
    const directory = join(path, '..');
    gitIn(directory)('init', '-q');
    const seen = await startWatching(t, path, { gitLockMs: 1500 });
    const lock = join(directory, '.git', 'index.lock');
    writeFileSync(lock, '');
    writeFileSync(path, 'half');
    await sleep(800);
    writeFileSync(path, 'whole');
    rmSync(lock);
    await seen.until(() => seen.changes.length === 2);
    assert.deepEqual(seen.changes, ['one', 'whole']);
    writeFileSync(lock, '');
    for (const text of ['three', 'four']) {
      writeFileSync(path, text);
      await seen.until(() => seen.changes.at(-1) === text);
    }
    assert.deepEqual(seen.problems, [`degraded: ${lock} does not go away; the spec is read in spite of it`]);
  });

  test('a swapped link above the file is seen, and so are writes to where it leads then', async (t) => {
    const directory = temporaryDirectory(t);
    for (const release of ['1', '2', '3']) {
      mkdirSync(join(directory, 'releases', release), { recursive: true });
      writeFileSync(join(directory, 'releases', release, 'web.lvs.yaml'), `release ${release}`);
    }
    symlinkSync('releases/1', join(directory, 'current'));
    const seen = await startWatching(t, join(directory, 'current', 'web.lvs.yaml'));
    for (const release of ['2', '3']) {
      symlinkSync(`releases/${release}`, join(directory, 'next'));
      renameSync(join(directory, 'next'), join(directory, 'current'));
      await seen.until(() => seen.changes.at(-1) === `release ${release}`);
    }
    await seen.settle();
    writeFileSync(join(directory, 'releases', '3', 'web.lvs.yaml'), 'release 3 by hand');
    await seen.until(() => seen.changes.length === 4);
    assert.equal(seen.changes[3], 'release 3 by hand');
    writeFileSync(join(directory, 'releases', '1', 'web.lvs.yaml'), 'nobody looks here');
    await seen.settle();
    assert.equal(seen.changes.length, 4);
  });

  for (const what of ['file', 'directory'] as const) {
    test(`a ${what} in a Kubernetes volume is seen at each swap of its data`, async (t) => {
      const directory = temporaryDirectory(t);
      const publish = (version: number): void => {
        mkdirSync(join(directory, `..v${version}`));
        writeFileSync(join(directory, `..v${version}`, 'web.lvs.yaml'), `version ${version}`);
        symlinkSync(`..v${version}`, join(directory, '..data_tmp'));
        renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
        rmSync(join(directory, `..v${version - 1}`), { recursive: true, force: true });
      };
      publish(1);
      symlinkSync('..data/web.lvs.yaml', join(directory, 'web.lvs.yaml'));
      const seen = await startWatching(t, what === 'file' ? join(directory, 'web.lvs.yaml') : directory);
      for (const version of [2, 3, 4]) {
        publish(version);
        await seen.until(() => seen.changes.at(-1) === `version ${version}`);
        await seen.settle();
      }
      assert.deepEqual(seen.changes, ['version 1', 'version 2', 'version 3', 'version 4']);
      assert.deepEqual(seen.problems, []);
    });
  }
});
