import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rewriteFile } from '../../src/host/rewrite-file.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { runUnprivileged } from './unprivileged.ts';

test('a file keeps its mode', async (t) => {
  const path = join(temporaryDirectory(t), 'a');
  writeFileSync(path, 'old');
  for (const mode of [0o600, 0o644, 0o755]) {
    chmodSync(path, mode);
    await rewriteFile(path, { before: readFileSync(path, 'utf8'), after: `new ${mode}` });
    assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode & 0o777], [`new ${mode}`, mode]);
  }
});

/** Somebody whom the one who runs this can give a file to: anybody, by root; else a group of their own, if need be the first. */
function otherOwner(): { uid: number; gid: number } {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid === 0) return { uid: 65534, gid: 65533 };
  return { uid, gid: process.getgroups?.().find((group) => group !== gid) ?? gid };
}

test('a file keeps its owner, its group and its mode with them', async (t) => {
  const path = join(temporaryDirectory(t), 'a');
  writeFileSync(path, 'old');
  const { uid, gid } = otherOwner();
  chownSync(path, uid, gid);
  chmodSync(path, 0o640);
  await rewriteFile(path, { before: 'old', after: 'new' });
  const { mode, ...now } = statSync(path);
  assert.deepEqual([readFileSync(path, 'utf8'), now.uid, now.gid, mode & 0o7777], ['new', uid, gid, 0o640]);
});

/** Who may not give files away, by the groups they are in besides their own. Only root can make somebody a stranger. */
const OTHERS: readonly (readonly [who: string, groups: readonly number[], result: RegExp, text: string])[] = [
  ['somebody of its group replaces it, and the group stays', [otherOwner().gid], /^written$/, 'new'],
  ...(process.getuid?.() === 0
    ? ([['a stranger leaves it alone', [], /^Cannot write .*: operation not permitted$/, 'old']] as const)
    : []),
];

for (const [who, groups, result, text] of OTHERS)
  test(`somebody else's file: ${who}`, (t) => {
    const directory = temporaryDirectory(t);
    const path = join(directory, 'a');
    writeFileSync(path, 'old');
    const { uid, gid } = otherOwner();
    chownSync(path, uid, gid);
    chmodSync(path, 0o664);
    const said = runUnprivileged(
      `
        import { rewriteFile } from '../../src/host/rewrite-file.ts';
        const rewritten = rewriteFile(${JSON.stringify(path)}, { before: 'old', after: 'new' });
        console.log(await rewritten.then(() => 'written', (error) => error.message));
      `,
      { groups },
    );
    assert.match(said, result);
    const { mode, gid: group } = statSync(path);
    assert.deepEqual([readFileSync(path, 'utf8'), group, mode & 0o777], [text, gid, 0o664]);
    assert.deepEqual(readdirSync(directory), ['a']);
  });

test('a link stays one, and what it leads to changes', async (t) => {
  const directory = temporaryDirectory(t);
  const [file, link] = [join(directory, 'a'), join(directory, 'b')];
  writeFileSync(file, 'old');
  symlinkSync('a', link);
  await rewriteFile(link, { before: 'old', after: 'new' });
  assert.deepEqual([readFileSync(file, 'utf8'), lstatSync(link).isSymbolicLink()], ['new', true]);
});

test('what somebody else wrote meanwhile stays', async (t) => {
  const path = join(temporaryDirectory(t), 'a');
  writeFileSync(path, 'theirs');
  await assert.rejects(rewriteFile(path, { before: 'old', after: 'new' }), /changed by somebody else/);
  assert.equal(readFileSync(path, 'utf8'), 'theirs');
});

test('a file that is gone is an error', async (t) => {
  const path = join(temporaryDirectory(t), 'a');
  await assert.rejects(rewriteFile(path, { before: 'old', after: 'new' }), /Cannot read .*: no such file/);
});
