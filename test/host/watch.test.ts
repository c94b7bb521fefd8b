import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestFiles } from '../../src/host/observe-spec.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { specFile, startWatching } from './watching.ts';

/** The ways in which programs save a file. */
const SAVES: Readonly<Record<string, (path: string, text: string) => void>> = {
  'written in place': (path, text) => writeFileSync(path, text),
  'renamed over': (path, text) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  },
  'saved as vim does, with a backup': (path, text) => {
    renameSync(path, `${path}~`);
    writeFileSync(path, text);
    rmSync(`${path}~`);
  },
  'edited by sed -i': (path, text) => {
    execFileSync('sed', ['-i', `s/.*/${text}/`, path]);
  },
  'deleted and created again': (path, text) => {
    rmSync(path);
    writeFileSync(path, text);
  },
};

suite('watchSpec', { concurrency: 4 }, () => {
  for (const [how, save] of Object.entries(SAVES)) {
    test(`a file that is ${how} is seen, each time`, async (t) => {
      const path = specFile(t);
      const seen = await startWatching(t, path);
      for (const text of ['two', 'three', 'four']) {
        save(path, text);
        await seen.until(() => seen.changes.at(-1) === text);
      }
      assert.deepEqual(seen.changes, ['one', 'two', 'three', 'four']);
      assert.deepEqual(seen.problems, []);
    });
  }

  test('a file that is away for a while is missing only when it stays away', async (t) => {
    const path = specFile(t);
    const seen = await startWatching(t, path, { missingAfterMs: 1500 });
    rmSync(path);
    await sleep(700);
    writeFileSync(path, 'two');
    await seen.until(() => seen.changes.length === 2);
    await sleep(1500);
    assert.deepEqual(seen.problems, []);
    rmSync(path);
    await seen.until(() => seen.problems.length === 1);
    assert.match(seen.problems[0] ?? '', /^missing: .*no such file or directory/);
    writeFileSync(path, 'two');
    await seen.until(() => seen.changes.length === 3);
    assert.deepEqual(seen.changes, ['one', 'two', 'two']);
  });

  test('a file that is missing at the start is told as such, and seen when it comes', async (t) => {
    const path = join(temporaryDirectory(t), 'later', 'web.lvs.yaml');
    const seen = await startWatching(t, path, { expectStart: false, missingAfterMs: 300 });
    await seen.until(() => seen.problems.length === 1);
    mkdirSync(join(path, '..'));
    writeFileSync(path, 'one');
    await seen.until(() => seen.changes.length === 1);
    writeFileSync(path, 'two');
    await seen.until(() => seen.changes.length === 2);
    assert.deepEqual(seen.changes, ['one', 'two']);
  });

  test('what raises no event is found by the poll', async (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'a.lvs.yaml'), 'one');
    // The watcher is told of another place than the one that is read: as blind as on NFS.
    const seen = await startWatching(t, join(directory, 'a.lvs.yaml'), {
      paths: [join(directory, 'elsewhere')],
      pollSeconds: 0.3,
    });
    writeFileSync(join(directory, 'a.lvs.yaml'), 'two');
    await seen.until(() => seen.changes.length === 2);
    assert.deepEqual(seen.changes, ['one', 'two']);
  });

  test('writes in a row are one change', async (t) => {
    const path = specFile(t, '');
    const seen = await startWatching(t, path, { pollSeconds: 0.05, quietMs: 600, maxWaitMs: 3000 });
    for (let n = 0; n < 10; n += 1) {
      appendFileSync(path, String(n));
      await sleep(30);
    }
    await seen.until(() => seen.changes.length > 1);
    await seen.settle();
    assert.deepEqual(seen.changes, ['', '0123456789']);
  });

  test('a file that never rests is read after the longest wait', async (t) => {
    const path = specFile(t);
    const seen = await startWatching(t, path, { quietMs: 200, maxWaitMs: 600 });
    for (let n = 0; n < 30 && seen.changes.length === 1; n += 1) {
      writeFileSync(path, `write ${n}`);
      await sleep(50);
    }
    assert.match(seen.changes[1] ?? 'nothing', /^write \d+$/);
  });

  test('touching a file, or writing what is there, changes nothing', async (t) => {
    const path = specFile(t);
    const seen = await startWatching(t, path);
    utimesSync(path, new Date(), new Date());
    await seen.settle();
    writeFileSync(path, 'one');
    await seen.settle();
    copyFileSync(path, `${path}.new`);
    renameSync(`${path}.new`, path);
    await seen.settle();
    await seen.check();
    assert.deepEqual(seen.changes, ['one']);
  });

  test('in a directory, files that come, change and go are seen, and others are not looked at', async (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'a.lvs.yaml'), 'a');
    let reads = 0;
    const seen = await startWatching(t, directory, { knownDigest: 'none' });
    writeFileSync(join(directory, 'b.lvs.yml'), 'b');
    await seen.until(() => seen.changes.at(-1) === 'a|b');
    renameSync(join(directory, 'b.lvs.yml'), join(directory, 'c.lvs.yaml'));
    await seen.until(() => seen.changes.length === 3);
    rmSync(join(directory, 'a.lvs.yaml'));
    await seen.until(() => seen.changes.at(-1) === 'b');
    const quiet = await startWatching(t, directory, {
      expectStart: false,
      readFiles: async () => {
        reads += 1;
        return [{ name: 'x', text: 'x' }];
      },
    });
    const before = reads;
    for (const name of ['notes.txt', '.c.lvs.yaml.swp', 'c.lvs.yaml~', '4913', '#c.lvs.yaml#.tmp']) {
      writeFileSync(join(directory, name), 'x');
    }
    mkdirSync(join(directory, '.git'));
    await quiet.settle();
    assert.equal(reads, before);
    rmSync(join(directory, 'c.lvs.yaml'));
    await seen.settle();
    assert.deepEqual(seen.changes, ['a', 'a|b', 'a|b', 'b']);
  });

  test('specs in directories below are seen too, also in one that is new, but nothing hidden', async (t) => {
    const directory = temporaryDirectory(t);
    writeFileSync(join(directory, 'a.lvs.yaml'), 'a');
    const seen = await startWatching(t, directory);
    mkdirSync(join(directory, 'team', 'web'), { recursive: true });
    writeFileSync(join(directory, 'team', 'web', 'b.lvs.yaml'), 'b');
    await seen.until(() => seen.changes.at(-1) === 'a|b');
    await seen.settle();
    writeFileSync(join(directory, 'team', 'web', 'b.lvs.yaml'), 'B');
    await seen.until(() => seen.changes.at(-1) === 'a|B');
    for (const hidden of ['.hidden', 'node_modules']) {
      mkdirSync(join(directory, hidden));
      writeFileSync(join(directory, hidden, 'c.lvs.yaml'), 'c');
    }
    rmSync(join(directory, 'team'), { recursive: true });
    await seen.until(() => seen.changes.at(-1) === 'a');
    assert.deepEqual(seen.changes, ['a', 'a|b', 'a|B', 'a']);
  });

  test('a directory without a spec in it is missing, never empty', async (t) => {
    const seen = await startWatching(t, temporaryDirectory(t), { expectStart: false, missingAfterMs: 100 });
    await seen.until(() => seen.problems.length > 0);
    assert.deepEqual(seen.changes, []);
    assert.match(seen.problems.join(), /^missing: There is no \*\.lvs\.yaml file in [^,]+$/);
  });

  test('a spec that the caller has read already is not told again', async (t) => {
    const path = specFile(t);
    const knownDigest = digestFiles([{ name: path.slice(1), text: 'one' }]);
    const seen = await startWatching(t, path, { expectStart: false, knownDigest });
    assert.deepEqual(seen.changes, []);
    writeFileSync(path, 'two');
    await seen.until(() => seen.changes.length === 1);
  });

  test('after it is closed nothing is told, and a check by hand sees what no event told before', async (t) => {
    const path = specFile(t);
    const seen = await startWatching(t, path, { quietMs: 60_000, maxWaitMs: 60_000 });
    writeFileSync(path, 'two');
    await seen.check();
    assert.deepEqual(seen.changes, ['one', 'two']);
    await seen.close();
    writeFileSync(path, 'three');
    await seen.check();
    assert.deepEqual(seen.changes, ['one', 'two']);
  });
});
