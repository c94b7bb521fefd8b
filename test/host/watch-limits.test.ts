import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from './temporary-directory.ts';
import { runUnprivileged } from './unprivileged.ts';

/** Watches `path` in a process of its own, and prints what is told; `steps` run after the start. */
function watcherSource(path: string, steps: string): string {
  return `
    import { chmodSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { watchSpec } from '../../src/host/watch.ts';
    const path = ${JSON.stringify(path)};
    const held = [];
    const told = [];
    const until = async (count) => { for (let n = 0; n < 300 && told.length < count; n += 1) await sleep(20); };
    const fill = () => { try { for (;;) held.push(openSync('/dev/null')); } catch {} };
    const options = { missingAfterMs: 200, pollSeconds: 0.3 };
    const watcher = watchSpec({ ...options, paths: [path],
      readFiles: async () => [{ name: path, text: readFileSync(path, 'utf8') }],
      onChange: ({ files }) => { told.push('change ' + files[0].text); if (files[0].text === 'fill') fill(); },
      onError: ({ kind, message }) => told.push(kind + ' ' + message) });
    await until(1);
    ${steps}
    await watcher.close();
    console.log(told.join('\\n'));`;
}

test('a spec that may not be read any more is told once, and again when it may', (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'web.lvs.yaml');
  chmodSync(directory, 0o777);
  const told = runUnprivileged(`
    import { writeFileSync as create } from 'node:fs';
    create(${JSON.stringify(path)}, 'one');
    ${watcherSource(path, `chmodSync(path, 0o000); await sleep(1000); chmodSync(path, 0o600); await until(3);`)}`);
  const [first, second, ...rest] = told.split('\n');
  assert.equal(first, 'change one');
  assert.match(second ?? '', /^unreadable EACCES: permission denied/);
  assert.deepEqual(rest, ['change one']);
});

test('without inotify the spec is read again and again instead, and that is told once', (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'web.lvs.yaml');
  writeFileSync(path, 'fill');
  const steps = `await until(2); for (const fd of held) closeSync(fd); await sleep(1000);
    writeFileSync(path, 'two'); await until(3);`;
  // No free descriptor when inotify_init(2) is called: EMFILE, as with too many inotify instances.
  const script = `ulimit -n 60; exec "$0" --input-type=module -e "$1"`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, watcherSource(path, steps)], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  const lines = stdout.trim().split('\n');
  assert.deepEqual([lines[0], lines[2], lines.length], ['change fill', 'change two', 3], stdout + stderr);
  assert.match(
    lines[1] ?? '',
    /^degraded The kernel tells us of no changes \(too many open files\); reading the spec every/,
  );
});
